using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Tracing;

namespace DiffKeeper.Lifecycle.Tests.Tracing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SubscriptionSetTests
{
    private readonly SubscriptionSet _subscriptions = new(defaultCapacity: 16);

    [Test]
    public async Task Every_stream_gets_every_event_and_no_other_s_reading_takes_it_away()
    {
        EventStream first = Stream(), second = Stream();

        Publish(Container("c1"), LifecycleState.Create);
        _subscriptions.Complete();

        Assert.That(await Told(first), Is.EqualTo(new[] { "c1 Create" }));
        Assert.That(await Told(second), Is.EqualTo(new[] { "c1 Create" }));
    }

    [Test]
    public async Task Events_are_numbered_in_the_order_in_which_they_are_told()
    {
        EventStream stream = Stream();
        Publish(Container("c1"), LifecycleState.Create);
        Publish(Container("c2"), LifecycleState.Create);
        _subscriptions.Complete();

        Assert.That((await stream.ToArrayAsync()).Select(static e => e.Sequence), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task A_stream_begins_with_what_is_there_and_goes_on_without_a_double()
    {
        Container running = Container("running"), waiting = Container("waiting"), stopped = Container("stopped"), failed = Container("failed");
        Publish(running, LifecycleState.Create);
        Publish(running, LifecycleState.Start);
        Publish(stopped, LifecycleState.Start);
        Publish(stopped, LifecycleState.Stop);
        Publish(failed, LifecycleState.Create);
        Publish(failed, LifecycleState.CreateFailed);
        Publish(waiting, LifecycleState.Create);

        EventStream stream = Stream();
        Publish(waiting, LifecycleState.Start);
        _subscriptions.Complete();
        LifecycleEvent[] told = await stream.ToArrayAsync();

        Assert.That(told.Select(Line), Is.EqualTo(new[] { "running Start", "waiting Create", "waiting Start" }));
        Assert.That(told.Select(static e => e.Existing), Is.EqualTo(new[] { true, true, false }));
        Assert.That(told.Select(static e => e.Sequence), Is.EqualTo(new[] { 2, 7, 8 }));
    }

    [Test]
    public async Task The_end_of_a_container_that_a_stream_never_told_of_is_not_told()
    {
        Container stopped = Container("stopped");
        Publish(stopped, LifecycleState.Start);
        Publish(stopped, LifecycleState.Stop);

        EventStream stream = Stream();
        Publish(stopped, LifecycleState.Delete);
        _subscriptions.Complete();

        Assert.That(await Told(stream), Is.Empty);
    }

    [Test]
    public void A_snapshot_is_what_a_stream_begins_with()
    {
        Container running = Container("running"), stopped = Container("stopped");
        Publish(running, LifecycleState.Start);
        Publish(stopped, LifecycleState.Start);
        Publish(stopped, LifecycleState.Stop);

        Assert.That(_subscriptions.Snapshot().Select(Line), Is.EqualTo(new[] { "running Start" }));
    }

    [Test]
    public async Task A_second_loop_over_a_stream_begins_anew()
    {
        EventStream stream = Stream();
        Publish(Container("c1"), LifecycleState.Start);
        _subscriptions.Publish(Container("c2"), Event("c2", LifecycleState.Start));

        await foreach (LifecycleEvent _ in stream)
            break;
        await using IAsyncEnumerator<LifecycleEvent> again = stream.GetAsyncEnumerator();
        await again.MoveNextAsync();

        Assert.That((Line(again.Current), again.Current.Existing), Is.EqualTo(("c1 Start", true)));
    }

    [Test]
    public async Task A_slow_reader_is_told_of_the_loss_once_and_of_how_everything_ended_up()
    {
        List<long> lost = [];
        EventStream slow = Stream(new LifecycleSubscriptionOptions { Capacity = 2, EventsLost = lost.Add });
        Container known = Container("known"), missed = Container("missed"), passed = Container("passed");
        Publish(known, LifecycleState.Create);
        Publish(known, LifecycleState.Start);
        bool[] fellBehind =
        [
            Publish(known, LifecycleState.Stop),
            Publish(known, LifecycleState.Delete),
            Publish(passed, LifecycleState.Create),
            Publish(passed, LifecycleState.CreateFailed),
            Publish(missed, LifecycleState.Create),
            Publish(missed, LifecycleState.Start),
        ];
        _subscriptions.Complete();

        Assert.That(await Told(slow), Is.EqualTo(new[] { "known Create", "known Start", "known Stop", "known Delete", "missed Start" }));
        Assert.That(fellBehind, Is.EqualTo(new[] { true, false, false, false, false, false }), "said once an episode");
        Assert.That(lost, Is.EqualTo(new[] { 6 }));
    }

    [Test]
    public async Task A_reader_that_has_caught_up_is_told_of_changes_again()
    {
        EventStream stream = Stream(new LifecycleSubscriptionOptions { Capacity = 1 });
        Container first = Container("first"), second = Container("second");
        Publish(first, LifecycleState.Start);
        Publish(second, LifecycleState.Start);

        List<string> told = [];
        await foreach (LifecycleEvent lifecycleEvent in stream)
        {
            told.Add(Line(lifecycleEvent));
            if (told.Count == 2)
                Publish(second, LifecycleState.Stop);
            if (told.Count == 3)
                break;
        }

        Assert.That(told, Is.EqualTo(new[] { "first Start", "second Start", "second Stop" }));
    }

    [Test]
    public async Task Ending_lets_a_reader_have_what_is_queued()
    {
        EventStream stream = Stream();
        Publish(Container("c1"), LifecycleState.Start);

        _subscriptions.Complete();

        Assert.That(await Told(stream), Is.EqualTo(new[] { "c1 Start" }));
    }

    [Test]
    public void A_failure_reaches_the_readers_of_then_and_later()
    {
        EventStream before = Stream();
        _subscriptions.Complete(new InvalidDataException("broken"));
        EventStream after = Stream();

        Assert.That(async () => await before.ToArrayAsync(), Throws.TypeOf<InvalidDataException>());
        Assert.That(async () => await after.ToArrayAsync(), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task Leaving_the_loop_ends_that_subscription_alone()
    {
        EventStream left = Stream();
        _ = Stream(new LifecycleSubscriptionOptions { Capacity = 1 });
        Container container = Container("c1");
        Publish(container, LifecycleState.Start);

        await foreach (LifecycleEvent _ in left)
            break;

        Assert.That(_subscriptions.Publish(container, Event("c1", LifecycleState.Stop)), Is.EqualTo(1), "only the one that nobody reads");
    }

    [Test]
    public void Cancelling_ends_the_loop_with_that_exception()
    {
        using var cancelled = new CancellationTokenSource();
        var stream = new EventStream(_subscriptions, null, cancelled.Token);
        cancelled.Cancel();

        Assert.That(async () => await stream.ToArrayAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    private EventStream Stream(LifecycleSubscriptionOptions? options = null) => new(_subscriptions, options, CancellationToken.None);

    private bool Publish(Container container, LifecycleState state) => _subscriptions.Publish(container, Event(container.Key.Id, state)) > 0;

    private static async Task<IEnumerable<string>> Told(EventStream stream) => (await stream.ToArrayAsync()).Select(Line);

    private static string Line(LifecycleEvent lifecycleEvent) => $"{lifecycleEvent.ContainerId} {lifecycleEvent.State}";

    private static Container Container(string id)
        => new() { Key = new ContainerKey("/run/runc", id), Identity = new ContainerIdentity { Id = id, Runtime = "runc", OciRuntime = "runc" } };

    private static LifecycleEvent Event(string id, LifecycleState state)
        => new() { State = state, ContainerId = id, Runtime = "runc", OciRuntime = "runc", Timestamp = DateTimeOffset.UnixEpoch };
}
