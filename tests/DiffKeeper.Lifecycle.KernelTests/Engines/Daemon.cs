using CliWrap;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A program that runs until it is told to end: SIGTERM first, SIGKILL where that was not enough.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(15);
    private readonly string _program;
    private readonly CommandTask<CommandResult> _process;
    private readonly OutputLog _output = new();

    public Daemon(string program, params IReadOnlyList<string> arguments)
    {
        _program = program;
        _process = Tool.Describe(program, arguments)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(_output.Add))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(_output.Add))
            .ExecuteAsync();
    }

    public int Pid => _process.ProcessId;

    public string Output => $"--- {_program} ({_process.ProcessId}){Environment.NewLine}{_output}";

    public async Task WaitUntilAsync(Func<Task<bool>> ready)
    {
        bool answers = await Eventually.HoldsAsync(async () => _process.Task.IsCompleted || await ready());
        if (!answers || _process.Task.IsCompleted)
            throw new InvalidOperationException($"{_program} did not come up.{Environment.NewLine}{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        ProcessSignal.Send(_process.ProcessId, ProcessSignal.Terminate);
        try
        {
            await _process.Task.WaitAsync(TimeToEnd);
        }
        catch (TimeoutException)
        {
            ProcessSignal.Send(_process.ProcessId, ProcessSignal.Kill);
            await _process.Task.WaitAsync(TimeToEnd);
        }
    }
}
