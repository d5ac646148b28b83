namespace DiffKeeper.Lifecycle.Ratios.Latency;

/// <summary>A tracer's starts: when the kernel saw the entrypoint executed, and when the body of an <c>await foreach</c> had it.</summary>
internal sealed class TracedStarts : IAsyncDisposable
{
    private readonly LifecycleTracer _tracer = LifecycleTracer.Create();
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _reading;

    public TracedStarts() => _reading = ReadAsync();

    /// <summary>When the kernel saw the entrypoint executed.</summary>
    public Arrivals Executed { get; } = new();

    /// <summary>When it was told.</summary>
    public Arrivals Told { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _reading.ContinueWith(static _ => { }, TaskScheduler.Default);
        await _tracer.DisposeAsync();
        _leaving.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (LifecycleEvent e in _tracer.ReadAllAsync(_leaving.Token))
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (e is { State: LifecycleState.Start, Existing: false })
            {
                Executed.Note(e.ContainerId, e.Timestamp);
                Told.Note(e.ContainerId, now);
            }
        }
    }
}
