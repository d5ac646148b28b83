using System.Collections.Immutable;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Telemetry;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>
/// The subscriptions of a tracer, and the containers that are there now, which every subscription begins with. Published to by one thread at a time,
/// changed by any: the lock makes the list and what follows it seamless.
/// </summary>
internal sealed class SubscriptionSet(int defaultCapacity, ReadingTurns? turns = null)
{
    private readonly ReadingTurns _turns = turns ?? new ReadingTurns();
    private readonly Lock _gate = new();

    /// <summary>The last event of every container that was created and has not stopped.</summary>
    private readonly Dictionary<Container, LifecycleEvent> _current = [];

    private ImmutableArray<Subscription> _subscriptions = [];
    private long _sequence;
    private long _droppedByFormer;
    private LifecycleEvent? _last;
    private bool _completed;
    private Exception? _error;

    /// <summary>The event that was published last.</summary>
    public LifecycleEvent? Last => Volatile.Read(ref _last);

    /// <summary>Adds a subscription that sees every event from now on; one that comes after the end is completed at once.</summary>
    public Subscription Subscribe(LifecycleSubscriptionOptions? options)
    {
        lock (_gate)
        {
            var subscription = new Subscription(_completed ? [] : ListExisting(), options?.Capacity ?? defaultCapacity, options?.EventsLost, _turns);
            if (_completed)
                subscription.Complete(_error);
            else
                _subscriptions = _subscriptions.Add(subscription);
            return subscription;
        }
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_gate)
        {
            ImmutableArray<Subscription> others = _subscriptions.Remove(subscription);
            if (others != _subscriptions)
                _droppedByFormer += subscription.Dropped;
            _subscriptions = others;
        }

        // Nobody waits any more for room in its queue.
        subscription.Complete(null);
    }

    /// <summary>How things stand, as far as they are known here.</summary>
    public TracerFigures Measure()
    {
        lock (_gate)
        {
            return new TracerFigures
            {
                LiveContainers = _current.Count,
                QueueDepth = _subscriptions.Select(static subscription => subscription.Queue.Count).DefaultIfEmpty().Max(),
                SubscriberDrops = _droppedByFormer + _subscriptions.Sum(static subscription => subscription.Dropped),
            };
        }
    }

    /// <summary>What is there now, in the order in which it came to be.</summary>
    public IReadOnlyList<LifecycleEvent> Snapshot()
    {
        lock (_gate)
            return [.. ListExisting().Select(static publication => publication.Event)];
    }

    /// <summary>Waits until every queue has room.</summary>
    public void WaitForRoom(CancellationToken cancellationToken)
    {
        ImmutableArray<Subscription> subscriptions;
        lock (_gate)
            subscriptions = _subscriptions;
        foreach (Subscription subscription in subscriptions)
            subscription.WaitForRoom(cancellationToken);
    }

    /// <summary>Numbers an event and hands it to everybody.</summary>
    /// <returns>How many subscriptions began to drop events with this one.</returns>
    public int Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        int fellBehind = 0;
        lock (_gate)
        {
            lifecycleEvent.Number(++_sequence);
            var publication = new Publication(container, lifecycleEvent);
            Record(publication);
            Volatile.Write(ref _last, publication.Event);
            foreach (Subscription subscription in _subscriptions)
            {
                if (subscription.PublishOrDrop(publication))
                    fellBehind++;
            }
        }

        return fellBehind;
    }

    /// <summary>Makes the picture of a reader true again that has taken everything that was queued.</summary>
    /// <param name="subscription">The one that fell behind.</param>
    /// <param name="told">The last event that the reader was told of each container it takes for present.</param>
    /// <returns>What the reader hears of it: how everything ended up.</returns>
    public IReadOnlyList<Publication> CatchUp(Subscription subscription, IReadOnlyDictionary<Container, LifecycleEvent> told)
    {
        List<Publication> missed;
        lock (_gate)
        {
            missed = [.. told.Keys.SelectMany(container => container.Endings.Where(ending => ending.Sequence > told[container].Sequence).Select(ending => new Publication(container, ending)))];
            missed.AddRange(ListExisting().Where(existing => !told.TryGetValue(existing.Container, out LifecycleEvent? last) || last.State != existing.Event.State));
            missed.Sort(static (left, right) => left.Event.Sequence.CompareTo(right.Event.Sequence));
            subscription.CatchUp();
        }

        return missed;
    }

    /// <summary>Ends every stream, with <paramref name="error"/> where the tracer failed. Further calls change nothing.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_gate)
        {
            if (_completed)
                return;
            _completed = true;
            _error = error;
            foreach (Subscription subscription in _subscriptions)
            {
                _droppedByFormer += subscription.Dropped;
                subscription.Complete(error);
            }

            _subscriptions = [];
        }
    }

    private void Record(Publication publication)
    {
        switch (publication.Event.State)
        {
            case LifecycleState.Create or LifecycleState.Start:
                _current[publication.Container] = publication.Event;
                break;
            case LifecycleState.Stop:
                _current.Remove(publication.Container);
                publication.Container.Stop = publication.Event;
                break;
            case LifecycleState.Delete or LifecycleState.CreateFailed:
                _current.Remove(publication.Container);
                publication.Container.Removal = publication.Event;
                break;
        }
    }

    private List<Publication> ListExisting()
    {
        List<Publication> existing = [.. _current.Select(static entry => new Publication(entry.Key, entry.Value with { Existing = true }))];
        existing.Sort(static (left, right) => left.Event.Sequence.CompareTo(right.Event.Sequence));
        return existing;
    }
}
