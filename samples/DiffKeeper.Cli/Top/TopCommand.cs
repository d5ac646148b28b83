using System.CommandLine;
using DiffKeeper.Cli.Options;
using DiffKeeper.Cli.Output;
using DiffKeeper.Cli.Terminals;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli.Top;

/// <summary><c>diffkeeper top</c>: the node's containers on the whole terminal, or without one a line an event.</summary>
internal sealed class TopCommand(AgentOptionSet shared)
{
    private readonly TopOptionSet _options = new();

    /// <param name="shared">The options that it has in common with <c>diffkeeper</c> itself.</param>
    public static Command Create(AgentOptionSet shared)
    {
        var top = new TopCommand(shared);
        var command = new Command(
            "top",
            "Shows the containers of this node, and for a while those that have ended. Keys sort, filter and scroll; q leaves. Where there is no terminal it prints a line an event.");
        top._options.AddTo(command);
        shared.AddCommonTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(() => top.RunAsync(result, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        LifecycleTracerOptions tracing = shared.ReadTracing(result);
        InjectionSettings? injection = shared.ReadInjection(result);
        if (Terminal.IsThere)
            await ShowAsync(result, tracing, injection, cancellationToken);
        else
            await PrintAsync(tracing, injection, cancellationToken);
        return 0;
    }

    private static async Task PrintAsync(LifecycleTracerOptions tracing, InjectionSettings? injection, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = CommandLine.CreateLoggers(debug: false);
        await new Agent(new AgentSettings { Tracing = tracing, Injection = injection, Writer = new TableEventWriter() }, loggers).RunAsync(cancellationToken);
    }

    private async Task ShowAsync(ParseResult result, LifecycleTracerOptions tracing, InjectionSettings? injection, CancellationToken cancellationToken)
    {
        using var notices = new TopNotices(TimeProvider.System);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(notices));
        var containers = new NodeContainers(_options.ReadRetention(result), injection?.Options.Policy);
        using Injection? injecting = injection is null ? null : Injection.Open(injection, loggers);
        tracing.LoggerFactory = loggers;
        await using var tracer = LifecycleTracer.Create(tracing);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task done;
        using (var session = new TopSession(containers, notices, _options.ReadView(result), TimeProvider.System))
        {
            injection?.Options.InjectionCompleted = (container, outcome) =>
            {
                containers.Apply(container, outcome);
                session.Refresh();
            };
            done = Task.WhenAll(FollowAsync(tracer, containers, session, stop.Token), injecting?.RunAsync(tracer, stop.Token) ?? Task.CompletedTask);
            await session.RunAsync(done, cancellationToken);
        }

        await stop.CancelAsync();
        await done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task FollowAsync(LifecycleTracer tracer, NodeContainers containers, TopSession session, CancellationToken cancellationToken)
    {
        await foreach (LifecycleEvent lifecycleEvent in tracer.ReadAllAsync(cancellationToken))
        {
            containers.Apply(lifecycleEvent);
            session.Refresh();
        }
    }
}
