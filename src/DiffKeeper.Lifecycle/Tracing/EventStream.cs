using System.Runtime.CompilerServices;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>
/// What <see cref="ILifecycleTracer"/>'s ReadAllAsync returns: subscribed already, so that nothing is missed between the call and
/// the loop. A second loop over it is a subscription of its own.
/// </summary>
/// <param name="subscriptions">The tracer's.</param>
/// <param name="options">How it is served.</param>
/// <param name="cancellationToken">Ends it.</param>
/// <param name="begin">Called when a loop begins, and has its subscription.</param>
internal sealed class EventStream(
    SubscriptionSet subscriptions, LifecycleSubscriptionOptions? options, CancellationToken cancellationToken, Action? begin = null)
    : IAsyncEnumerable<LifecycleEvent>
{
    private readonly CancellationToken _cancellationToken = cancellationToken;
    private Subscription? _first = subscriptions.Subscribe(options);

    public IAsyncEnumerator<LifecycleEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Subscription subscription = Interlocked.Exchange(ref _first, null) ?? subscriptions.Subscribe(options);
        begin?.Invoke();
        return Read(subscription, _cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    private async IAsyncEnumerable<LifecycleEvent> Read(Subscription subscription, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = new Dictionary<Container, LifecycleEvent>();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Publication existing in subscription.Existing)
                yield return Tell(existing, told);

            do
            {
                while (subscription.Queue.TryRead(out Publication publication))
                {
                    if (IsOfInterest(publication, told))
                        yield return Tell(publication, told);
                }

                if (!subscription.IsBehind)
                    continue;
                foreach (Publication missed in subscriptions.CatchUp(subscription, told))
                    yield return Tell(missed, told);
            }
            while (await subscription.WaitToReadAsync(cancellationToken) || subscription.IsBehind);
        }
        finally
        {
            subscriptions.Unsubscribe(subscription);
        }
    }

    /// <summary>The end of a container that had stopped before the subscription began, and so was never told of, is nobody's news.</summary>
    private static bool IsOfInterest(Publication publication, Dictionary<Container, LifecycleEvent> told)
        => publication.Event.State is LifecycleState.Create or LifecycleState.Start || told.ContainsKey(publication.Container);

    private static LifecycleEvent Tell(Publication publication, Dictionary<Container, LifecycleEvent> told)
    {
        (Container container, LifecycleEvent lifecycleEvent) = publication;
        if (lifecycleEvent.State is LifecycleState.Delete or LifecycleState.CreateFailed)
            told.Remove(container);
        else if (lifecycleEvent.State != LifecycleState.Exec)
            told[container] = lifecycleEvent;
        return lifecycleEvent;
    }
}
