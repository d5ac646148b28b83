using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Telemetry;
using DiffKeeper.Lifecycle.Tests.Injection;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Telemetry;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LifecycleMetricsTests : IDisposable
{
    private readonly MetricRecorder _recorder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LifecycleMetrics _metrics;

    public LifecycleMetricsTests() => _metrics = LifecycleMetrics.Of(_recorder.Factory);

    public void Dispose() => _recorder.Dispose();

    [Test]
    public void Events_are_counted_by_state_and_runtime()
    {
        EventFilter filter = Filter();
        Publish(filter, Told.Start("c1"));
        Publish(filter, Told.Start("c2"));
        Publish(filter, Told.Stop("c1"));

        Assert.That(_recorder.Of("diffkeeper.lifecycle.events{start,containerd}"), Is.EqualTo(new[] { 1d, 1 }));
        Assert.That(_recorder.Of("diffkeeper.lifecycle.events{stop,containerd}"), Is.EqualTo(new[] { 1d }));
    }

    [Test]
    public void A_runtime_that_nobody_has_heard_of_makes_no_series_of_its_own()
    {
        Publish(Filter(), Told.Start() with { Runtime = "made-up-17" });

        Assert.That(_recorder.Of("diffkeeper.lifecycle.events{start,other}"), Is.EqualTo(new[] { 1d }));
    }

    [Test]
    public void What_was_there_when_tracing_began_is_neither_an_event_nor_late()
    {
        Publish(Filter(), Told.Start() with { Timestamp = _time.GetUtcNow() - TimeSpan.FromDays(3) }, isNow: false);

        Assert.That(_recorder.Of("diffkeeper.lifecycle.events{start,containerd}"), Is.Empty);
        Assert.That(_recorder.Of("diffkeeper.lifecycle.event.latency"), Is.Empty);
    }

    [Test]
    public void The_latency_is_the_time_from_the_kernel_s_timestamp_to_the_telling_in_seconds()
    {
        EventFilter filter = Filter();
        LifecycleEvent start = Told.Start() with { Timestamp = _time.GetUtcNow() };
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Publish(filter, start, isNow: false);

        Assert.That(_recorder.Of("diffkeeper.lifecycle.event.latency"), Is.EqualTo(new[] { 0.020 }));
    }

    [Test]
    public void What_counts_losses_and_injections_is_there_before_the_first_one()
        => Assert.That(_recorder.Collect(), Is.SupersetOf(new Dictionary<string, double>
        {
            ["diffkeeper.lifecycle.kernel.drops{ring_full}"] = 0,
            ["diffkeeper.lifecycle.kernel.drops{maps_full}"] = 0,
            ["diffkeeper.lifecycle.kernel.drops{skipped}"] = 0,
            ["diffkeeper.lifecycle.subscription.drops"] = 0,
            ["diffkeeper.lifecycle.rescans"] = 0,
            ["diffkeeper.lifecycle.refusals"] = 0,
            ["diffkeeper.lifecycle.injections{succeeded}"] = 0,
            ["diffkeeper.lifecycle.injections{failed}"] = 0,
            ["diffkeeper.lifecycle.injections{skipped}"] = 0,
        }));

    [Test]
    public void Counters_go_on_from_one_tracer_to_the_next_and_the_state_of_the_former_is_forgotten()
    {
        var former = new MeasuredTracer { Figures = new TracerFigures { RingFull = 5, Rescans = 2, LiveContainers = 7, QueueDepth = 9 } };
        _metrics.Join(former);
        _metrics.Leave(former);
        _metrics.Join(new MeasuredTracer { Figures = new TracerFigures { RingFull = 1, LiveContainers = 3 } });

        IReadOnlyDictionary<string, double> values = _recorder.Collect();

        Assert.That(values["diffkeeper.lifecycle.kernel.drops{ring_full}"], Is.EqualTo(6));
        Assert.That(values["diffkeeper.lifecycle.rescans"], Is.EqualTo(2));
        Assert.That(values["diffkeeper.lifecycle.containers"], Is.EqualTo(3));
        Assert.That(values["diffkeeper.lifecycle.subscription.queue.depth"], Is.Zero);
    }

    [Test]
    public void One_factory_has_one_set_of_instruments_however_many_ask_for_it()
    {
        Assert.That(LifecycleMetrics.Of(_recorder.Factory), Is.SameAs(_metrics));
        Assert.That(() => _recorder.Collect(), Throws.Nothing, "no series is there twice");
    }

    [Test]
    public void Counting_an_event_allocates_nothing_where_nobody_listens()
    {
        LifecycleMetrics unheard = LifecycleMetrics.Of(null);
        LifecycleEvent start = Told.Start();
        unheard.CountEvent(start, "containerd", _time);

        long before = GC.GetAllocatedBytesForCurrentThread();
        unheard.CountEvent(start, "containerd", _time);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public async Task Subscriptions_show_how_far_they_are_behind_and_what_they_dropped()
    {
        var subscriptions = new SubscriptionSet(defaultCapacity: 2);
        EventFilter filter = Filter(subscriptions);
        var slow = new EventStream(subscriptions, null, CancellationToken.None);
        for (int i = 0; i < 5; i++)
            Publish(filter, Told.Start($"c{i}"));
        TracerFigures whileRead = subscriptions.Measure();
        await foreach (LifecycleEvent _ in slow)
            break;
        TracerFigures afterwards = subscriptions.Measure();

        Assert.That((whileRead.QueueDepth, whileRead.SubscriberDrops, whileRead.LiveContainers), Is.EqualTo((2, 3, 5)));
        Assert.That((afterwards.QueueDepth, afterwards.SubscriberDrops), Is.EqualTo((0, 3)));
    }

    private EventFilter Filter(SubscriptionSet? subscriptions = null)
        => new(new LifecycleTracerOptions { TimeProvider = _time, MeterFactory = _recorder.Factory }, subscriptions ?? new SubscriptionSet(16), NullLogger.Instance);

    private void Publish(EventFilter filter, LifecycleEvent lifecycleEvent, bool isNow = true)
        => filter.Publish(
            new Container
            {
                Key = new ContainerKey("/run/runc", lifecycleEvent.ContainerId),
                Identity = new ContainerIdentity { Id = lifecycleEvent.ContainerId, Runtime = lifecycleEvent.Runtime, OciRuntime = "runc" },
            },
            isNow ? lifecycleEvent with { Timestamp = _time.GetUtcNow() } : lifecycleEvent);

    private sealed class MeasuredTracer : IMeasuredTracer
    {
        public TracerFigures Figures { get; init; }

        public TracerFigures Measure() => Figures;
    }
}
