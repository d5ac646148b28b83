using System.ComponentModel;
using DiffKeeper.Lifecycle.Injection;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Extensions.Logging;

// With the contracts, where a caller looks for it.
#pragma warning disable IDE0130
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

/// <summary>Injects a container by executing a program for it.</summary>
/// <remarks>
/// <para>
/// The program gets the container's ID as its one argument, and in its environment <c>DIFFKEEPER_CONTAINER_ID</c>, <c>_STATE</c> (<c>create</c> or
/// <c>start</c>), <c>_RUNTIME</c>, <c>_RUNTIME_NAMESPACE</c>, <c>_NAMESPACE</c> (Kubernetes'), <c>_POD_NAME</c>, <c>_POD_UID</c>, <c>_CONTAINER_NAME</c>,
/// <c>_IMAGE</c>, <c>_PID</c>, <c>_BUNDLE</c>, <c>_STATE_DIR</c> and <c>_STORE</c>; what isn't known is not set. No shell comes near any of it: every value
/// arrives as it is, and one that can't (it holds a NUL, or is longer than the kernel's 128 KiB) makes the injection fail, as does an ID that begins with
/// <c>-</c>. Otherwise the environment is what <see cref="CommandInjectorOptions.PassedEnvironment"/> says. The working directory is this process's.
/// </para>
/// <para>
/// The file has to be a regular, executable one, named by its whole path, owned by root or this process's user; and nobody else may be able to write to
/// it, nor to any directory above it, nor to one on the way where a link leads. That is looked at by the constructor and before every run. An
/// interpreter that a script names is not.
/// </para>
/// <para>
/// Exit code 0 is success. A run that takes too long, or is cancelled, is asked to end (SIGTERM to its process group), and then ended with everything that it
/// started: its session, its descendants, and whatever carries its <c>DIFFKEEPER_INJECTION</c> in the environment, which is unique to each run. A program that
/// ends in time may leave a daemon behind: it lives on, but what it prints is not read any more.
/// </para>
/// <para>An OCI runtime that is executed with <c>DIFFKEEPER_INJECTION</c> in its environment makes a container that tracers don't tell of.</para>
/// <para>All members are safe to call from several threads at once; each run takes a thread while it lasts.</para>
/// </remarks>
public sealed class CommandInjector : IInjector
{
    private readonly CommandInjectorOptions _options;
    private readonly InjectorEnvironment _environment;
    private readonly ILogger _logger;

    /// <param name="options">What to execute, and how.</param>
    /// <exception cref="InjectorFileException">The program can't be executed, or not safely; the message says why and what to do.</exception>
    public CommandInjector(CommandInjectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (InjectorFile.FindFault(options.Command) is { } fault)
            throw new InjectorFileException(options.Command, fault.ToString());
        _options = options;
        _environment = new InjectorEnvironment(options);
        _logger = options.LoggerFactory.CreateLogger<CommandInjector>();
    }

    /// <inheritdoc/>
    public async ValueTask<InjectionResult> InjectAsync(LifecycleEvent container, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        cancellationToken.ThrowIfCancellationRequested();
        string run = Guid.NewGuid().ToString("N");
        IReadOnlyDictionary<string, string> environment = _environment.Describe(container, run);
        if (InjectorArguments.FindFault(container, environment) is { } unfit)
            return InjectionResult.Failed(unfit, mayRetry: false);

        // A thread of its own: it sleeps in poll(2) for as long as the program takes.
        return await Task.Factory.StartNew(
            () => Run(container.ContainerId, run, environment, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
    }

    private InjectionResult Run(string containerId, string run, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (InjectorFile.FindFault(_options.Command) is { } fault)
            return InjectionResult.Failed(fault.ToString());
        try
        {
            using var process = ChildProcess.Start(
                _options.Command, [_options.Command, containerId], [.. environment.Select(static variable => $"{variable.Key}={variable.Value}")]);
            return new CommandRun(process, run, containerId, _options, _logger).Watch(cancellationToken);
        }
        catch (Win32Exception e)
        {
            return InjectionResult.Failed(
                $"The injector {_options.Command} could not be executed ({e.Message}): it has to be a program for this machine, or a script whose first line names its interpreter.");
        }
    }
}
