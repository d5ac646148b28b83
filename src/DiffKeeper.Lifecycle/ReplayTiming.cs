namespace DiffKeeper.Lifecycle;

/// <summary>When a replay tells of what was recorded.</summary>
public enum ReplayTiming
{
    /// <summary>At once. It waits for a reader whose buffer is full, so that none loses anything.</summary>
    AsFastAsPossible = 0,

    /// <summary>As it happened, with its pauses, counted from the moment when the first reader begins to read. A slow reader loses events, and is told how things ended up, as from a tracer.</summary>
    Recorded = 1,
}
