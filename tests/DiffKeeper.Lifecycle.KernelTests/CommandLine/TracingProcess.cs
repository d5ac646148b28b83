using System.Collections.Concurrent;
using System.Text.Json;
using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A diffkeeper that traces, and what it has printed.</summary>
internal sealed class TracingProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly CommandTask<CommandResult> _process;

    private TracingProcess(Command command) =>
        _process = command
            .WithStandardOutputPipe(PipeTarget.ToDelegate(_output.Enqueue))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(_errors.Enqueue))
            .ExecuteAsync();

    public int Pid => _process.ProcessId;

    public IReadOnlyList<string> Output => [.. _output];

    public string Errors => string.Join(Environment.NewLine, _errors);

    /// <summary>What was printed of the containers, as it was told; only where it is printed as JSON.</summary>
    public IReadOnlyList<LifecycleEvent> Events => [.. _output.Select(line => JsonSerializer.Deserialize(line, LifecycleJsonContext.Default.LifecycleEvent)!)];

    /// <inheritdoc cref="StartAsync(Command)"/>
    public static Task<TracingProcess> StartAsync(params IReadOnlyList<string> arguments) => StartAsync(DiffkeeperProgram.Describe(arguments));

    /// <summary>Returns once the program has said that it traces.</summary>
    public static async Task<TracingProcess> StartAsync(Command command)
    {
        var process = new TracingProcess(command);
        try
        {
            await process.WaitUntilAsync(() => process.Errors.Contains("tracing", StringComparison.OrdinalIgnoreCase));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the lines of one container, parsed, once that of its removal is there.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForEventsOfAsync(string containerId)
    {
        await WaitUntilAsync(() => _output.Count(line => line.Contains(containerId, StringComparison.Ordinal)) >= 4);
        return [.. Output.Where(line => line.Contains(containerId, StringComparison.Ordinal)).Select(line => JsonElement.Parse(line))];
    }

    public async Task WaitUntilAsync(Func<bool> condition)
    {
        bool held = await Eventually.HoldsAsync(() => condition() || _process.Task.IsCompleted);
        Assert.That(held && condition(), $"diffkeeper printed:{Environment.NewLine}{Errors}{Environment.NewLine}{string.Join(Environment.NewLine, Output)}");
    }

    /// <summary>Sends the signal and returns the exit code.</summary>
    public async Task<int> EndAsync(int signal)
    {
        ProcessSignal.Send(Pid, signal);
        return (await _process.Task.WaitAsync(Eventually.Patience)).ExitCode;
    }

    public async ValueTask DisposeAsync() => await EndAsync(ProcessSignal.Kill);
}
