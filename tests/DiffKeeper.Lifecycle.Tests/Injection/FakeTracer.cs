using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>Tells one reader what a test says.</summary>
internal sealed class FakeTracer(params LifecycleEvent[] existing) : ILifecycleTracer
{
    private readonly Channel<LifecycleEvent> _events = Channel.CreateUnbounded<LifecycleEvent>();

    public void Tell(params IEnumerable<LifecycleEvent> events)
    {
        foreach (LifecycleEvent lifecycleEvent in events)
            _events.Writer.TryWrite(lifecycleEvent);
    }

    public void End(Exception? failure = null) => _events.Writer.TryComplete(failure);

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default) => ReadAsync(cancellationToken);

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default)
        => ReadAsync(cancellationToken);

    public IReadOnlyList<LifecycleEvent> Snapshot() => existing;

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<LifecycleEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (LifecycleEvent container in existing)
            yield return container with { Existing = true };
        await foreach (LifecycleEvent lifecycleEvent in _events.Reader.ReadAllAsync(cancellationToken))
            yield return lifecycleEvent;
    }
}
