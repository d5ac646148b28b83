using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace DiffKeeper.Lifecycle.Telemetry;

/// <summary>
/// The instruments of one meter. Everything that is counted anyway is only looked at when somebody collects; so a series is there, at zero, before the first
/// loss, and goes on when a tracer is replaced by another one.
/// </summary>
/// <remarks>All members are safe to call from several threads at once.</remarks>
internal sealed partial class LifecycleMetrics
{
    /// <summary>From a tenth of a millisecond to ten seconds: an event is usually told within a few milliseconds.</summary>
    private static readonly InstrumentAdvice<double> LatencyBuckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>For those who bring no factory: as long as the process.</summary>
    private static readonly Meter Shared = new(LifecycleTelemetry.MeterName);

    /// <summary>An observable instrument that is made twice is measured twice, and a factory hands out one meter for one name.</summary>
    private static readonly ConditionalWeakTable<Meter, LifecycleMetrics> ByMeter = [];

    private readonly Lock _gate = new();
    private readonly List<IMeasuredTracer> _tracers = [];
    private readonly Counter<long> _events;
    private readonly Histogram<double> _eventLatency;
    private TracerFigures _ended;

    private LifecycleMetrics(Meter meter)
    {
        _events = meter.CreateCounter<long>(
            MetricNames.Events, "{event}", "Events that were told, but for what was there when tracing began.");
        _eventLatency = meter.CreateHistogram(
            MetricNames.EventLatency, "s", "From the kernel's time of an event until it was told.", tags: null, LatencyBuckets);
        meter.CreateObservableUpDownCounter(
            MetricNames.Tracers, CountTracers, "{tracer}", "Tracers that are attached and read.");
        meter.CreateObservableUpDownCounter(
            MetricNames.Containers, () => Measure().LiveContainers, "{container}", "Containers that are created and have not stopped.");
        meter.CreateObservableGauge(
            MetricNames.QueueDepth, () => Measure().QueueDepth, "{event}", "Events that wait for the slowest subscriber.");
        meter.CreateObservableCounter(
            MetricNames.SubscriptionDrops, () => Measure().SubscriberDrops, "{event}", "Events that a subscriber was too slow for, and was told the outcome of instead.");
        meter.CreateObservableUpDownCounter(
            MetricNames.RingUsage, () => Measure().RingBytes, "By", "Bytes of the ring between the kernel and the program that wait to be read.");
        meter.CreateObservableUpDownCounter(
            MetricNames.RingLimit, () => Measure().RingCapacity, "By", "The size of that ring.");
        meter.CreateObservableCounter(
            MetricNames.KernelDrops, MeasureKernelDrops, "{record}", "What the kernel could not tell, by the reason.");
        meter.CreateObservableCounter(
            MetricNames.Rescans, () => Measure().Rescans, "{rescan}", "Looks at the node to make good a loss.");
        meter.CreateObservableCounter(
            MetricNames.Refusals, () => Measure().Refused, "{runtime}", "Executions of OCI runtimes that were not believed, or whose command line names no container.");
        meter.CreateObservableCounter(
            MetricNames.Injections, MeasureInjections, "{injection}", "Injections, by how they ended.");
        meter.CreateObservableUpDownCounter(
            MetricNames.InjectionBacklog, () => InjectionBacklog, "{injection}", "Injections that are being done or wait for their turn.");
        _injectionDuration = meter.CreateHistogram(
            MetricNames.InjectionDuration, "s", "How long an attempt to inject a container took.", tags: null, DurationBuckets);
    }

    /// <summary>The instruments of a factory's meter; of a shared one where there is no factory.</summary>
    public static LifecycleMetrics Of(IMeterFactory? factory)
        => ByMeter.GetValue(factory?.Create(LifecycleTelemetry.MeterName) ?? Shared, static meter => new LifecycleMetrics(meter));

    public void Join(IMeasuredTracer tracer)
    {
        lock (_gate)
            _tracers.Add(tracer);
    }

    /// <summary>Keeps what the tracer has counted. From its return on, the tracer is not asked any more.</summary>
    public void Leave(IMeasuredTracer tracer)
    {
        lock (_gate)
        {
            if (_tracers.Remove(tracer))
                _ended += tracer.Measure().Counted;
        }
    }

    /// <summary>Of all tracers together, those that have ended among them.</summary>
    public TracerFigures Measure()
    {
        lock (_gate)
            return _tracers.Aggregate(_ended, static (sum, tracer) => sum + tracer.Measure());
    }

    /// <param name="lifecycleEvent">The event that was told.</param>
    /// <param name="runtime">Its runtime, or <see cref="MetricNames.Other"/>: anybody can run a program by a name that nobody has heard of.</param>
    /// <param name="clock">The clock of the event's timestamp.</param>
    public void CountEvent(LifecycleEvent lifecycleEvent, string runtime, TimeProvider clock)
    {
        if (_events.Enabled)
            _events.Add(1, new(MetricNames.State, StateName(lifecycleEvent.State)), new(MetricNames.Runtime, runtime));
        if (_eventLatency.Enabled)
            _eventLatency.Record(Math.Max(0, (clock.GetUtcNow() - lifecycleEvent.Timestamp).TotalSeconds));
    }

    private long CountTracers()
    {
        lock (_gate)
            return _tracers.Count;
    }

    private IEnumerable<Measurement<long>> MeasureKernelDrops()
    {
        TracerFigures figures = Measure();
        yield return new(figures.RingFull, new KeyValuePair<string, object?>(MetricNames.Reason, "ring_full"));
        yield return new(figures.MapsFull, new KeyValuePair<string, object?>(MetricNames.Reason, "maps_full"));
        yield return new(figures.Skipped, new KeyValuePair<string, object?>(MetricNames.Reason, "skipped"));
    }

    private static string StateName(LifecycleState state) => state switch
    {
        LifecycleState.Create => "create",
        LifecycleState.Start => "start",
        LifecycleState.Stop => "stop",
        LifecycleState.Delete => "delete",
        LifecycleState.CreateFailed => "create_failed",
        LifecycleState.Exec => "exec",
        _ => MetricNames.Other,
    };
}
