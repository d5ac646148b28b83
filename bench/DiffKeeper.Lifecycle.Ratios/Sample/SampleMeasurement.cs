using System.Globalization;
using DiffKeeper.Lifecycle.Ratios.Figures;

namespace DiffKeeper.Lifecycle.Ratios.Sample;

/// <summary>What <c>diffkeeper</c> costs a node on which nothing happens.</summary>
internal sealed class SampleMeasurement : IMeasurement
{
    private const int Starts = 9;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private static readonly Figure Attached = new("aot-attached", "Native AOT `diffkeeper`: from the start of the process to the line that says it traces", Bound.AtMost, 200, "ms");
    private static readonly Figure Resident = new("aot-rss", "its resident memory after a minute", Bound.AtMost, 40, "MB");
    private static readonly Figure Switches = new("aot-switches", "its context switches a second when idle", Bound.AtMost, 1, "/s");

    public IReadOnlyList<Figure> Figures { get; } = [Attached, Resident, Switches];

    public async Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        List<double> attached = [];
        for (int i = 0; i < Starts; i++)
        {
            using SampleProcess started = SampleProcess.Start();
            attached.Add(started.Attached.TotalMilliseconds);
        }

        using SampleProcess sample = SampleProcess.Start();
        await Task.Delay(Idle, TimeProvider.System);
        IReadOnlyDictionary<string, long> before = sample.ContextSwitches;
        await Task.Delay(Idle, TimeProvider.System);
        // A thread that has ended meanwhile had its share before.
        double switches = sample.ContextSwitches.Sum(thread => thread.Value - before.GetValueOrDefault(thread.Key)) / Idle.TotalSeconds;
        return
        [
            new Measured(Attached, Statistics.Median(attached), $"{Starts} starts"),
            new Measured(Resident, sample.ResidentKibibytes * 1024 / 1e6, "VmRSS"),
            new Measured(Switches, switches, string.Create(CultureInfo.InvariantCulture, $"all threads, {Idle.TotalSeconds} s")),
        ];
    }
}
