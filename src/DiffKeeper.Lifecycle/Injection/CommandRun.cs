using System.Diagnostics;
using System.Globalization;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>One run of an injector's program, watched by one thread: its output, its time, its end.</summary>
internal sealed class CommandRun
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>How often it is looked at what wakes nobody: the cancellation, and what is left of the tree.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the output is waited for of a program that has exited: a daemon may hold the pipes for ever.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    /// <summary>What has not ended by now hangs in the kernel, where no signal reaches it.</summary>
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(5);

    private readonly ChildProcess _process;
    private readonly string _containerId;
    private readonly CommandInjectorOptions _options;
    private readonly ILogger _logger;
    private readonly ProcessTree _tree;
    private readonly OutputBudget _budget;
    private readonly OutputPipe _output;
    private readonly OutputPipe _error;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private bool _hasExited;

    /// <param name="process">The program, which was just started.</param>
    /// <param name="run">The value of its marker.</param>
    /// <param name="containerId">Whom it runs for.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="logger">Where its output goes.</param>
    public CommandRun(ChildProcess process, string run, string containerId, CommandInjectorOptions options, ILogger logger)
    {
        _process = process;
        _containerId = containerId;
        _options = options;
        _logger = logger;
        _tree = new ProcessTree(process.Pid, run);
        _budget = new OutputBudget(options.MaxOutputBytes);
        _output = new OutputPipe(process.Output, new OutputLines(containerId, "output", _budget, logger));
        _error = new OutputPipe(process.Error, new OutputLines(containerId, "error", _budget, logger));
    }

    /// <summary>Returns when the program has ended, or was ended with everything that it started.</summary>
    /// <exception cref="OperationCanceledException">It was ended because of the cancellation.</exception>
    public InjectionResult Watch(CancellationToken cancellationToken)
    {
        RunEnding ending = WaitForExit(cancellationToken);
        if (ending != RunEnding.Exited)
            EndTree();
        PumpUntil(DrainTime, () => _output.HasEnded && _error.HasEnded);

        _output.Flush();
        _error.Flush();
        if (_budget.Discarded > 0)
            _logger.OutputDiscarded(_containerId, _budget.Discarded);

        InjectionResult result = Judge(ending);
        return ending == RunEnding.Cancelled ? throw new OperationCanceledException(cancellationToken) : result;
    }

    private RunEnding WaitForExit(CancellationToken cancellationToken)
    {
        bool hasEnded = PumpUntil(_options.Timeout, () => _hasExited || cancellationToken.IsCancellationRequested);
        if (_hasExited)
            return RunEnding.Exited;
        return hasEnded ? RunEnding.Cancelled : RunEnding.TimedOut;
    }

    /// <summary>First asks, then ends. The first process is not reaped before, so that its number means nobody else.</summary>
    private void EndTree()
    {
        // Looked at before anybody is orphaned.
        _ = _tree.FindLiving();
        _process.SignalGroup(LibC.Terminate);
        if (PumpUntil(_options.TerminationGrace, () => _hasExited && _tree.FindLiving().Count == 0))
            return;

        bool isGone = PumpUntil(KillTime, () =>
        {
            IReadOnlyCollection<ProcessIdentity> living = _tree.FindLiving();
            ProcessTree.Kill(living);
            return living.Count == 0 && _hasExited;
        });
        if (!isGone)
            _logger.TreeSurvived(_containerId, _process.Pid);
    }

    private InjectionResult Judge(RunEnding ending)
    {
        (ExitKind Kind, int Status)? status = _hasExited ? _process.Reap() : null;
        if (ending == RunEnding.TimedOut)
            return InjectionResult.Failed(string.Create(CultureInfo.InvariantCulture, $"The injector took longer than {_options.Timeout.TotalSeconds:0.###} s, and was ended."));
        return status switch
        {
            (ExitKind.Exited, 0) => InjectionResult.Succeeded,
            (ExitKind.Exited, var code) => InjectionResult.Failed($"The injector exited with code {code}."),
            (_, var signal) => InjectionResult.Failed($"The injector was ended by signal {signal}."),
            null => InjectionResult.Failed("Nobody knows how the injector ended: this process has to be started without ignoring SIGCHLD."),
        };
    }

    /// <summary>Passes the output on until it is over or the time is.</summary>
    /// <returns>Whether it is over.</returns>
    private bool PumpUntil(TimeSpan limit, Func<bool> isOver)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isOver())
        {
            TimeSpan left = limit - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            Pump(left < Tick ? left : Tick);
        }

        return true;
    }

    private void Pump(TimeSpan wait)
    {
        Span<PollEntry> entries =
        [
            new() { Descriptor = _hasExited ? -1 : (int)_process.Handle.DangerousGetHandle(), Events = LibC.PollIn },
            _output.Interest,
            _error.Interest,
        ];
        if (LibC.Poll(entries, (nuint)entries.Length, (int)Math.Ceiling(wait.TotalMilliseconds)) <= 0)
            return;

        _hasExited |= entries[0].Returned != 0;
        if (entries[1].Returned != 0)
            _output.Read(_buffer);
        if (entries[2].Returned != 0)
            _error.Read(_buffer);
    }
}
