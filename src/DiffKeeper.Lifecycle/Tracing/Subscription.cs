using System.Threading.Channels;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>One reader's own queue between the tracer's thread and an <c>await foreach</c>.</summary>
internal sealed class Subscription(int capacity)
{
    private readonly Channel<LifecycleEvent> _events = Channel.CreateBounded<LifecycleEvent>(
        new BoundedChannelOptions(capacity) { SingleWriter = true, SingleReader = true });

    private long _dropped;
    private bool _lagging;

    /// <summary>Events that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public ChannelReader<LifecycleEvent> Events => _events.Reader;

    /// <summary>Never blocks. <paramref name="episodeBegan"/> says that this is the first event dropped since the reader last kept up.</summary>
    public void Publish(LifecycleEvent lifecycleEvent, out bool episodeBegan)
    {
        bool written = _events.Writer.TryWrite(lifecycleEvent);
        episodeBegan = !written && !_lagging;
        _lagging = !written;
        if (!written)
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Ends the stream after what is queued, with <paramref name="error"/> where the tracer failed.</summary>
    public void Complete(Exception? error = null) => _events.Writer.TryComplete(error);
}
