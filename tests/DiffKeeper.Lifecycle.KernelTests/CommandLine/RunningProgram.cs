using System.Collections.Concurrent;
using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A program that runs, and what it has printed.</summary>
internal class RunningProgram : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly CommandTask<CommandResult> _process;

    public RunningProgram(Command command) =>
        _process = command
            .WithStandardOutputPipe(PipeTarget.ToDelegate(_output.Enqueue))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(_errors.Enqueue))
            .ExecuteAsync();

    public int Pid => _process.ProcessId;

    public IReadOnlyList<string> Output => [.. _output];

    public string Errors => string.Join(Environment.NewLine, _errors);

    public async Task WaitUntilAsync(Func<bool> condition)
    {
        bool held = await Eventually.HoldsAsync(() => condition() || _process.Task.IsCompleted);
        Assert.That(held && condition(), $"The program printed:{Environment.NewLine}{Errors}{Environment.NewLine}{string.Join(Environment.NewLine, Output)}");
    }

    /// <summary>Waits until the line is among those that it has printed.</summary>
    public Task WaitForAsync(string line) => WaitUntilAsync(() => _output.Contains(line));

    /// <summary>Sends the signal and returns the exit code.</summary>
    public async Task<int> EndAsync(int signal)
    {
        ProcessSignal.Send(Pid, signal);
        return (await _process.Task.WaitAsync(Eventually.Patience)).ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(ProcessSignal.Kill);
        GC.SuppressFinalize(this);
    }
}
