namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>
/// Lets two threads take turns at reading: both sleep where the kernel wakes one, and the one that has published something leaves the next turn to the
/// other and goes on as the subscriber who waited for it. So a subscriber hears of an event on a thread that is awake, and holds nothing up, however long
/// it takes.
/// </summary>
/// <remarks>
/// The pattern is Leader/Followers, and nobody is woken for the sake of handing over: whoever sleeps is there for what the kernel has next. To wake a
/// thread of the pool instead took 75 µs where the machine had nothing else to do. Where no thread takes turns, everybody goes on in the pool.
/// </remarks>
internal sealed class ReadingTurns
{
    private const int Nobody = 0;
    private const int NobodyEver = -1;

    /// <summary>Who is to go on with what was published. Touched only by the thread whose turn it is.</summary>
    private readonly Queue<Action> _resumed = [];

    /// <summary>Whose turn it is, by the number of the thread.</summary>
    private int _reader = Nobody;

    private int _sleepers;

    /// <summary>Whether there is no turn any more.</summary>
    public bool HaveEnded => Volatile.Read(ref _reader) == NobodyEver;

    /// <summary>Whether it is this thread's turn.</summary>
    public bool AreMine => Volatile.Read(ref _reader) == Environment.CurrentManagedThreadId;

    /// <summary>Begins this thread's turn, unless it is the other's: that one looks for what there is to read when it has ended its own.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _reader, Environment.CurrentManagedThreadId, Nobody) == Nobody;

    /// <summary>Sleeps as somebody who is there for the next turn.</summary>
    /// <param name="sleep">Ends where there is something to read, or after the time given.</param>
    /// <param name="time">How long, at most.</param>
    public void Sleep(Action<TimeSpan> sleep, TimeSpan time)
    {
        Interlocked.Increment(ref _sleepers);
        try
        {
            sleep(time);
        }
        finally
        {
            Interlocked.Decrement(ref _sleepers);
        }
    }

    /// <summary>Takes note of a subscriber that is to go on, or has it go on at once in the pool where this isn't the reading thread.</summary>
    public void Resume(Action subscriber)
    {
        if (AreMine)
            _resumed.Enqueue(subscriber);
        else
            ResumeInPool(subscriber);
    }

    /// <summary>Ends this thread's turn. What has come meanwhile may have woken the other in vain: it has to be looked for afterwards.</summary>
    /// <param name="mayLeave">Whether the other thread's being there is enough.</param>
    /// <returns>Whom this thread is to go on with; <see langword="null"/> where it is to read on, since nobody waits or nobody else is there to read.</returns>
    public Action? End(bool mayLeave)
    {
        Action? subscriber = null;
        if (mayLeave && Volatile.Read(ref _sleepers) > 0)
            _resumed.TryDequeue(out subscriber);
        ResumeAllInPool();
        Volatile.Write(ref _reader, Nobody);
        return subscriber;
    }

    /// <summary>Ends all turns, in this thread's.</summary>
    public void EndAll()
    {
        ResumeAllInPool();
        Volatile.Write(ref _reader, NobodyEver);
    }

    private void ResumeAllInPool()
    {
        while (_resumed.TryDequeue(out Action? subscriber))
            ResumeInPool(subscriber);
    }

    private static void ResumeInPool(Action subscriber) => ThreadPool.UnsafeQueueUserWorkItem(static subscriber => subscriber(), subscriber, preferLocal: false);
}
