namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>A tracer, as whoever looks after it sees it.</summary>
internal interface IRunningTracer : ILifecycleTracer
{
    /// <summary>Completes when the tracer has ended, with why it did where nobody disposed it.</summary>
    Task<Exception?> Ended { get; }

    /// <summary>How long ago its reader went round; it does every few seconds.</summary>
    TimeSpan SinceLastRound { get; }

    /// <summary>The event that was told last.</summary>
    LifecycleEvent? LastEvent { get; }
}
