namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>Why <see cref="RingBuffer.Wait(TimeSpan)"/> returned.</summary>
public enum WaitResult
{
    /// <summary>The time is over, and there is nothing to drain.</summary>
    TimedOut = 0,

    /// <summary>There is something to drain. It may be a discarded record only, of which a drain hands out nothing.</summary>
    Data = 1,

    /// <summary><see cref="RingBuffer.Wake"/> was called. There may be something to drain as well.</summary>
    Woken = 2,
}
