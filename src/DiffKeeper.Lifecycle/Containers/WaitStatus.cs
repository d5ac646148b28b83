namespace DiffKeeper.Lifecycle.Containers;

/// <summary>How a process ended, as wait(2) encodes it (<c>bits/waitstatus.h</c>).</summary>
internal readonly record struct WaitStatus(int Value)
{
    /// <summary>Engines and shells report a signal as 128 plus its number.</summary>
    private const int SignalBase = 128;

    /// <summary>The signal that ended the process; <see langword="null"/> where it exited by itself.</summary>
    public int? Signal => (Value & 0x7F) is var signal and not 0 ? signal : null;

    public int ExitCode => Signal is { } signal ? SignalBase + signal : Value >> 8 & 0xFF;
}
