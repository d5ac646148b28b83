using System.Diagnostics;
using System.Globalization;
using DiffKeeper.Lifecycle.Ratios.Figures;

namespace DiffKeeper.Lifecycle.Ratios.Tracking;

/// <summary>A recorded churn replayed through decoder, tracker and a subscription that is read, on one thread.</summary>
internal sealed class TrackingMeasurement : IMeasurement
{
    private const int Few = 10;
    private const int Many = 10_000;
    private const int WarmUps = 200;
    private const int Passes = 300;

    private static readonly Figure Rate = new(
        "tracking-rate", "records a second that one core decodes, tracks and publishes, replaying a recorded churn", Bound.AtLeast, 1_000_000, "/s");

    private static readonly Figure Scale = new("tracking-10000", "the cost of an event with 10,000 live containers, against 10", Bound.AtMost, 1.2);

    private static readonly Figure Allocated = new("event-bytes", "managed bytes an event that is told, identity strings aside", Bound.AtMost, 300, "B");

    public IReadOnlyList<Figure> Figures { get; } = [Rate, Scale, Allocated];

    public Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        var churn = new RecordedChurn();
        var few = new TrackedNode(Few);
        var many = new TrackedNode(Many);
        for (int i = 0; i < WarmUps; i++)
            TakeTurns(churn, few, many);

        (double Few, double Many)[] passes = [.. Enumerable.Range(0, Passes).Select(_ => TakeTurns(churn, few, many))];
        double nanoseconds = Statistics.Median(passes.Select(static pass => pass.Few));
        return Task.FromResult<IReadOnlyList<Measured>>(
        [
            new Measured(Rate, churn.Records.Count / nanoseconds * 1e9, $"{churn.Records.Count} records a pass, {Passes} passes"),
            new Measured(Scale, Statistics.Median(passes.Select(static pass => pass.Many / pass.Few)), "the same records, in turns"),
            MeasureAllocation(churn, few),
        ]);
    }

    private static (double Few, double Many) TakeTurns(RecordedChurn churn, TrackedNode few, TrackedNode many)
    {
        churn.MoveOn();
        return (Time(churn, few), Time(churn, many));
    }

    private static double Time(RecordedChurn churn, TrackedNode node)
    {
        long began = Stopwatch.GetTimestamp();
        node.Play(churn.Records, static _ => { });
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds;
    }

    private static Measured MeasureAllocation(RecordedChurn churn, TrackedNode node)
    {
        var strings = new IdentityStrings();
        node.Play(churn.Records, strings.Know);
        churn.MoveOn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int events = node.Play(churn.Records, static _ => { });
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Every pass makes strings of its own, as large as these.
        churn.MoveOn();
        long identities = 0;
        node.Play(churn.Records, lifecycleEvent => identities += strings.CountNew(lifecycleEvent));
        double bytes = (double)(allocated - identities) / events;
        return new Measured(Allocated, bytes, string.Create(CultureInfo.InvariantCulture, $"{events} events, {(double)identities / events:0} B of strings each besides"));
    }
}
