using DiffKeeper.Lifecycle.Tracing;

namespace DiffKeeper.Lifecycle.Tests.Tracing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SubscriptionSetTests
{
    private static readonly LifecycleEvent Event = new()
    {
        State = LifecycleState.Start,
        ContainerId = "c1",
        Runtime = "runc",
        OciRuntime = "runc",
        Timestamp = DateTimeOffset.UnixEpoch,
    };

    private readonly SubscriptionSet _subscriptions = new(capacity: 2);

    [Test]
    public async Task Every_subscription_gets_every_event_and_no_other_s_reading_takes_it_away()
    {
        Subscription first = _subscriptions.Subscribe();
        Subscription second = _subscriptions.Subscribe();

        _subscriptions.Publish(Event);

        Assert.That(await first.Events.ReadAsync(), Is.SameAs(Event));
        Assert.That(await second.Events.ReadAsync(), Is.SameAs(Event));
    }

    [Test]
    public void What_finds_a_queue_full_is_counted_and_told_once_an_episode()
    {
        Subscription slow = _subscriptions.Subscribe();
        int[] fellBehind = [.. Enumerable.Range(0, 4).Select(_ => _subscriptions.Publish(Event))];
        slow.Events.TryRead(out _);
        int whenItCaughtUp = _subscriptions.Publish(Event);
        int inTheNextEpisode = _subscriptions.Publish(Event);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fellBehind, Is.EqualTo(new[] { 0, 0, 1, 0 }));
            Assert.That(whenItCaughtUp, Is.Zero);
            Assert.That(inTheNextEpisode, Is.EqualTo(1));
            Assert.That(slow.Dropped, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Ending_lets_a_reader_have_what_is_queued()
    {
        Subscription subscription = _subscriptions.Subscribe();
        _subscriptions.Publish(Event);

        _subscriptions.Complete();

        Assert.That(await subscription.Events.ReadAllAsync().ToArrayAsync(), Is.EqualTo(new[] { Event }));
    }

    [Test]
    public void A_failure_reaches_the_readers_of_then_and_later()
    {
        Subscription before = _subscriptions.Subscribe();
        _subscriptions.Complete(new InvalidDataException("broken"));
        Subscription after = _subscriptions.Subscribe();

        Assert.That(async () => await before.Events.ReadAllAsync().ToArrayAsync(), Throws.TypeOf<InvalidDataException>());
        Assert.That(async () => await after.Events.ReadAllAsync().ToArrayAsync(), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task A_stream_is_subscribed_before_its_loop_begins()
    {
        var stream = new EventStream(_subscriptions, CancellationToken.None);
        _subscriptions.Publish(Event);
        _subscriptions.Complete();

        Assert.That(await stream.ToArrayAsync(), Is.EqualTo(new[] { Event }));
    }

    [Test]
    public async Task Leaving_the_loop_ends_that_subscription_alone()
    {
        var left = new EventStream(_subscriptions, CancellationToken.None);
        Subscription other = _subscriptions.Subscribe();
        _subscriptions.Publish(Event);

        await foreach (LifecycleEvent _ in left)
            break;
        int[] fellBehind = [_subscriptions.Publish(Event), _subscriptions.Publish(Event)];

        Assert.That(fellBehind, Is.EqualTo(new[] { 0, 1 }), "only the one that nobody reads");
        Assert.That(other.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void Cancelling_ends_the_loop_with_that_exception()
    {
        using var cancelled = new CancellationTokenSource();
        var stream = new EventStream(_subscriptions, cancelled.Token);
        cancelled.Cancel();

        Assert.That(async () => await stream.ToArrayAsync(), Throws.InstanceOf<OperationCanceledException>());
    }
}
