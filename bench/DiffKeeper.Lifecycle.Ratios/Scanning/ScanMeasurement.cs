using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.Ratios.Figures;

namespace DiffKeeper.Lifecycle.Ratios.Scanning;

/// <summary>The first scan of a node: a tracer in a process of its own attaches where containers run, and where none do, in turns.</summary>
internal sealed class ScanMeasurement : IMeasurement
{
    private const int Containers = 1000;
    private const int Rounds = 7;

    private static readonly Figure Scan = new("first-scan", "what 1,000 containers that run already add to attaching, in a process just started", Bound.AtMost, 200, "ms");

    public IReadOnlyList<Figure> Figures { get; } = [Scan];

    public async Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        using var some = new ExistingContainers(Containers);
        using var none = new ExistingContainers(0);
        List<double> with = [], without = [];
        for (int i = 0; i < Rounds; i++)
        {
            with.Add(await AttachAsync(some.Root, Containers));
            without.Add(await AttachAsync(none.Root, 0));
        }

        double difference = Statistics.Median(with.Zip(without, static (one, other) => one - other));
        return [new Measured(Scan, difference, string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(with):0} ms - {Statistics.Median(without):0} ms"))];
    }

    private static async Task<double> AttachAsync(string root, int expected)
    {
        string[] fields = (await Tool.RunAsync(Environment.ProcessPath!, CommandLine.ScanPeer, root)).Split(' ');
        return int.Parse(fields[1], CultureInfo.InvariantCulture) == expected
            ? double.Parse(fields[0], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"A tracer found {fields[1]} containers, and there are {expected}.");
    }
}
