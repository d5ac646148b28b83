using System.Threading.Channels;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>One reader's own queue between the tracer's thread and an <c>await foreach</c>.</summary>
internal sealed class Subscription
{
    private readonly Channel<Publication> _queue;
    private readonly ReadingTurns _turns;
    private readonly Action<long>? _lost;
    private long _dropped;
    private long _allDropped;

    /// <param name="existing">What the reader is told first.</param>
    /// <param name="capacity">How many events may wait.</param>
    /// <param name="lost">Told of each episode of loss.</param>
    /// <param name="turns">Where a reader that has waited goes on.</param>
    public Subscription(IReadOnlyList<Publication> existing, int capacity, Action<long>? lost, ReadingTurns turns)
    {
        Existing = existing;
        _lost = lost;
        _turns = turns;
        // What goes on synchronously is QueueAwaiter's note of who is to go on, never the reader itself.
        _queue = Channel.CreateBounded<Publication>(
            new BoundedChannelOptions(capacity) { SingleWriter = true, SingleReader = true, AllowSynchronousContinuations = true });
    }

    public IReadOnlyList<Publication> Existing { get; }

    public ChannelReader<Publication> Queue => _queue.Reader;

    /// <summary>Whether events were dropped since the reader last caught up.</summary>
    public bool IsBehind => Volatile.Read(ref _dropped) != 0;

    /// <summary>How many events were dropped, ever.</summary>
    public long Dropped => Volatile.Read(ref _allDropped);

    /// <summary>Waits until there is something to read: <see langword="false"/> where there never will be.</summary>
    public QueueAwaiter WaitToReadAsync(CancellationToken cancellationToken)
        => new(_queue.Reader.WaitToReadAsync(cancellationToken), _turns);

    /// <summary>Never blocks. What finds the queue full is dropped, and all that follows too, until the reader has caught up: it then hears of the outcome.</summary>
    /// <returns>Whether this is the first event of an episode that was dropped.</returns>
    public bool PublishOrDrop(Publication publication)
    {
        if (_dropped == 0 && _queue.Writer.TryWrite(publication))
            return false;
        Interlocked.Increment(ref _allDropped);
        return Interlocked.Increment(ref _dropped) == 1;
    }

    /// <summary>Waits until the queue has room, or the reader has left.</summary>
    public void WaitForRoom(CancellationToken cancellationToken)
    {
        ValueTask<bool> room = _queue.Writer.WaitToWriteAsync(cancellationToken);
        if (!room.IsCompletedSuccessfully)
            room.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Ends an episode of loss, of which the subscriber is told.</summary>
    public void CatchUp()
    {
        long dropped = Interlocked.Exchange(ref _dropped, 0);
        _lost?.Invoke(dropped);
    }

    /// <summary>Ends the stream after what is queued, with <paramref name="error"/> where the tracer failed.</summary>
    public void Complete(Exception? error) => _queue.Writer.TryComplete(error);
}
