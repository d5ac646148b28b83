using System.Collections.Immutable;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>The subscriptions of a tracer. Published to by one thread, changed by any.</summary>
internal sealed class SubscriptionSet(int capacity)
{
    private readonly Lock _changing = new();
    private ImmutableArray<Subscription> _subscriptions = [];
    private bool _completed;
    private Exception? _error;

    /// <summary>Adds a subscription that sees every event from now on; one that comes after the end is completed at once.</summary>
    public Subscription Subscribe()
    {
        var subscription = new Subscription(capacity);
        lock (_changing)
        {
            if (_completed)
                subscription.Complete(_error);
            else
                _subscriptions = _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_changing)
            _subscriptions = _subscriptions.Remove(subscription);
    }

    /// <summary>Hands an event to everybody.</summary>
    /// <returns>How many subscriptions began to drop events with this one.</returns>
    public int Publish(LifecycleEvent lifecycleEvent)
    {
        int fellBehind = 0;
        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Publish(lifecycleEvent, out bool episodeBegan);
            if (episodeBegan)
                fellBehind++;
        }

        return fellBehind;
    }

    /// <summary>Ends every stream, with <paramref name="error"/> where the tracer failed. Further calls change nothing.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_changing)
        {
            if (_completed)
                return;
            _completed = true;
            _error = error;
            foreach (Subscription subscription in _subscriptions)
                subscription.Complete(error);
            _subscriptions = [];
        }
    }
}
