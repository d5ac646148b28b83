using System.Runtime.InteropServices;
using DiffKeeper.Cli.Interop;

namespace DiffKeeper.Cli.Bootstrap;

/// <summary>Passes on to the program what is sent to this process: before it runs it is kept, and when it has ended it ends this process's own work.</summary>
internal sealed class SignalRelay : IDisposable
{
    // As Linux numbers them on every processor that .NET runs on.
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int User1 = 10;
    private const int User2 = 12;
    private const int Terminate = 15;
    private const int WindowChanged = 28;

    private static readonly int[] Relayed = [Hangup, Interrupt, Quit, User1, User2, Terminate, WindowChanged];

    private readonly Lock _lock = new();
    private readonly List<int> _kept = [];
    private readonly CancellationTokenSource _endRequested = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int? _pid;
    private bool _hasEnded;
    private bool _isTerminated;

    public SignalRelay() => _registrations = [.. Relayed.Select(signal => PosixSignalRegistration.Create((PosixSignal)signal, context => Receive(signal, context)))];

    /// <summary>Cancelled by a signal that ends a process, once there is no program any more that it could be meant for.</summary>
    public CancellationToken EndRequested => _endRequested.Token;

    /// <summary>Whether the program was asked to end, so that somebody waits for that.</summary>
    public bool IsTerminated
    {
        get
        {
            lock (_lock)
            {
                return _isTerminated;
            }
        }
    }

    /// <summary>From now on signals go to this process, those that came too early first.</summary>
    public void Begin(int pid)
    {
        lock (_lock)
        {
            _pid = pid;
            foreach (int signal in _kept)
                _ = LibC.SendSignal(pid, signal);
        }
    }

    /// <summary>The process has ended, and its number may be another's.</summary>
    public void End()
    {
        lock (_lock)
        {
            _pid = null;
            _hasEnded = true;
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _endRequested.Dispose();
    }

    private void Receive(int signal, PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            _isTerminated |= signal == Terminate;
            if (_hasEnded)
                EndOn(signal);
            else if (_pid is not { } pid)
                _kept.Add(signal);
            else if (!IsSharedByTerminal(signal))
                _ = LibC.SendSignal(pid, signal);
        }
    }

    private void EndOn(int signal)
    {
        if (signal is Hangup or Interrupt or Quit or Terminate)
            _endRequested.Cancel();
    }

    /// <summary>Whether the terminal has sent it to the program, too, which is in the same group.</summary>
    private static bool IsSharedByTerminal(int signal) => signal is Interrupt or Quit or WindowChanged && ControllingTerminal.IsForeground();
}
