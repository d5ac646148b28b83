using System.Runtime.CompilerServices;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>
/// What <see cref="ILifecycleTracer.ReadAllAsync"/> returns: subscribed already, so that nothing is missed between the call and
/// the loop. A second loop over it is a subscription of its own.
/// </summary>
internal sealed class EventStream(SubscriptionSet subscriptions, CancellationToken cancellationToken) : IAsyncEnumerable<LifecycleEvent>
{
    private Subscription? _first = subscriptions.Subscribe();

    public IAsyncEnumerator<LifecycleEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => Read(Interlocked.Exchange(ref _first, null) ?? subscriptions.Subscribe(), CancellationToken).GetAsyncEnumerator(cancellationToken);

    private CancellationToken CancellationToken { get; } = cancellationToken;

    private async IAsyncEnumerable<LifecycleEvent> Read(Subscription subscription, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (LifecycleEvent lifecycleEvent in subscription.Events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return lifecycleEvent;
        }
        finally
        {
            subscriptions.Unsubscribe(subscription);
        }
    }
}
