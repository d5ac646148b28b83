using System.Diagnostics.Metrics;

namespace DiffKeeper.Lifecycle.Telemetry;

// What becomes of injections.
internal sealed partial class LifecycleMetrics
{
    /// <summary>From five milliseconds, a small program's run, to a minute.</summary>
    private static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private static readonly InjectionOutcome[] Outcomes = Enum.GetValues<InjectionOutcome>();

    private readonly long[] _injections = new long[Outcomes.Length];
    private readonly Histogram<double> _injectionDuration;
    private long _injectionBacklog;

    /// <summary>The injections that are being done, or wait for their turn or for another attempt.</summary>
    public long InjectionBacklog => Interlocked.Read(ref _injectionBacklog);

    public void InjectionAdded() => Interlocked.Increment(ref _injectionBacklog);

    public void InjectionRemoved() => Interlocked.Decrement(ref _injectionBacklog);

    public void CountInjection(InjectionOutcome outcome) => Interlocked.Increment(ref _injections[Array.IndexOf(Outcomes, outcome)]);

    public void RecordAttempt(TimeSpan duration, InjectionOutcome outcome)
        => _injectionDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(MetricNames.Outcome, OutcomeName(outcome)));

    public static string OutcomeName(InjectionOutcome outcome) => outcome switch
    {
        InjectionOutcome.Succeeded => "succeeded",
        InjectionOutcome.Failed => "failed",
        InjectionOutcome.Skipped => "skipped",
        _ => MetricNames.Other,
    };

    private IEnumerable<Measurement<long>> MeasureInjections()
        => Outcomes.Select((outcome, index) => new Measurement<long>(
            Interlocked.Read(ref _injections[index]), new KeyValuePair<string, object?>(MetricNames.Outcome, OutcomeName(outcome))));
}
