using DiffKeeper.Lifecycle.Tests.Injection;
using DiffKeeper.Lifecycle.Tracing;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

/// <summary>A tracer that tells one reader what a test says, and fails when the test says so.</summary>
internal sealed class SteeredTracer(params LifecycleEvent[] existing) : IRunningTracer
{
    private readonly FakeTracer _events = new(existing);
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception?> Ended => _ended.Task;

    public TimeSpan SinceLastRound { get; set; }

    public LifecycleEvent? LastEvent { get; private set; }

    public void Tell(LifecycleEvent lifecycleEvent)
    {
        LastEvent = lifecycleEvent;
        _events.Tell(lifecycleEvent);
    }

    public void Fail(string why)
    {
        var failure = new InvalidOperationException(why);
        _ended.SetResult(failure);
        _events.End(new TracingInterruptedException(failure));
    }

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default) => _events.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default)
        => _events.ReadAllAsync(options, cancellationToken);

    public IReadOnlyList<LifecycleEvent> Snapshot() => _events.Snapshot();

    public ValueTask DisposeAsync()
    {
        _ended.TrySetResult(null);
        return _events.DisposeAsync();
    }
}
