namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>A tracer, as whoever looks after it sees it.</summary>
internal interface IRunningTracer : ILifecycleTracer
{
    /// <summary>The reader comes round every five seconds at least.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(20);

    /// <summary>Completes when the tracer has ended, with why it did where nobody disposed it.</summary>
    Task<Exception?> Ended { get; }

    /// <summary>How long ago its reader went round; it does every few seconds.</summary>
    TimeSpan SinceLastRound { get; }

    /// <summary>Why its reader can't be relied on; <see langword="null"/> while it goes round.</summary>
    string? ReaderFault => SinceLastRound < LongestRound
        ? null
        : $"The thread that reads the kernel's records has not come round for {(int)SinceLastRound.TotalSeconds} s: what it waits for, a log or a file system, hangs.";

    /// <summary>The event that was told last.</summary>
    LifecycleEvent? LastEvent { get; }
}
