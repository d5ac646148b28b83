using System.Diagnostics.CodeAnalysis;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>
/// Lets two threads take turns at reading: the one that has published something gives its turn to the other and goes on as the subscriber who waited for
/// it. So a subscriber hears of an event on a thread that is awake, and holds nothing up, however long it takes.
/// </summary>
/// <remarks>
/// The pattern is Leader/Followers. At the median of Docker's starts on a busy machine it took 240 µs to go on in a thread of the pool, which has to be woken
/// first, and takes 70 with this. Where no thread takes turns, everybody goes on in the pool.
/// </remarks>
internal sealed class ReadingTurns
{
    private readonly object _gate = new();

    /// <summary>Who is to go on with what was published. Touched only by the thread whose turn it is.</summary>
    private readonly Queue<Action> _resumed = [];

    private bool _isFree = true;
    private bool _isWaitedFor;
    private bool _hasEnded;

    /// <summary>Whose turn it is, by the number of the thread; 0 where it is nobody's.</summary>
    private int _reader;

    /// <summary>Waits for this thread's turn.</summary>
    /// <returns><see langword="false"/> where there is none any more.</returns>
    public bool Begin()
    {
        lock (_gate)
        {
            while (!_isFree && !_hasEnded)
            {
                _isWaitedFor = true;
                Monitor.Wait(_gate);
            }

            _isFree = false;
            Volatile.Write(ref _reader, _hasEnded ? 0 : Environment.CurrentManagedThreadId);
            return !_hasEnded;
        }
    }

    /// <summary>Takes note of a subscriber that is to go on, or has it go on at once in the pool where this isn't the reading thread.</summary>
    public void Resume(Action subscriber)
    {
        if (Volatile.Read(ref _reader) == Environment.CurrentManagedThreadId)
            _resumed.Enqueue(subscriber);
        else
            ResumeInPool(subscriber);
    }

    /// <summary>Ends this thread's turn, if a subscriber is to go on and the other thread is there to read: not where it is still with a subscriber itself.</summary>
    /// <param name="subscriber">Whom this thread is to go on with.</param>
    public bool TryHandOver([NotNullWhen(true)] out Action? subscriber)
    {
        if (!_resumed.TryDequeue(out subscriber))
            return false;

        ResumeAllInPool();
        if (TryPass())
            return true;
        ResumeInPool(subscriber);
        return false;
    }

    /// <summary>Ends all turns.</summary>
    public void End()
    {
        ResumeAllInPool();
        lock (_gate)
        {
            _hasEnded = true;
            Volatile.Write(ref _reader, 0);
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryPass()
    {
        lock (_gate)
        {
            if (!_isWaitedFor)
                return false;
            _isWaitedFor = false;
            _isFree = true;
            Volatile.Write(ref _reader, 0);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private void ResumeAllInPool()
    {
        while (_resumed.TryDequeue(out Action? subscriber))
            ResumeInPool(subscriber);
    }

    private static void ResumeInPool(Action subscriber) => ThreadPool.UnsafeQueueUserWorkItem(static subscriber => subscriber(), subscriber, preferLocal: false);
}
