using DiffKeeper.Lifecycle.Tracing;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Stands in where containers can't be traced: its streams say nothing, and end when it is disposed.</summary>
internal sealed class IdleTracer : IRunningTracer
{
    private readonly SubscriptionSet _subscriptions = new(defaultCapacity: 1);
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception?> Ended => _ended.Task;

    public TimeSpan SinceLastRound => TimeSpan.Zero;

    public LifecycleEvent? LastEvent => null;

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default)
        => new EventStream(_subscriptions, null, cancellationToken);

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default)
        => new EventStream(_subscriptions, options, cancellationToken);

    public IReadOnlyList<LifecycleEvent> Snapshot() => [];

    public ValueTask DisposeAsync()
    {
        _subscriptions.Complete();
        _ended.TrySetResult(null);
        return ValueTask.CompletedTask;
    }
}
