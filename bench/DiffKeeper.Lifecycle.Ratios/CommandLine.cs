using System.Globalization;
using DiffKeeper.Lifecycle.Ratios.Figures;
using DiffKeeper.Lifecycle.Ratios.Kernel;
using DiffKeeper.Lifecycle.Ratios.Latency;
using DiffKeeper.Lifecycle.Ratios.Readers;
using DiffKeeper.Lifecycle.Ratios.Sample;
using DiffKeeper.Lifecycle.Ratios.Scanning;
using DiffKeeper.Lifecycle.Ratios.Storms;
using DiffKeeper.Lifecycle.Ratios.Tracking;

namespace DiffKeeper.Lifecycle.Ratios;

/// <summary>What eng/ratios.sh calls: all figures or one, a line each; and, in processes of their own, what is measured.</summary>
internal static class CommandLine
{
    public const string DrainPeer = "drain-peer";
    public const string ScanPeer = "scan-peer";

    private const int Failure = 1;
    private const int Usage = 2;

    private static readonly IMeasurement[] Measurements =
    [
        new ReaderMeasurement(),
        new TrackingMeasurement(),
        new ScanMeasurement(),
        new KernelCostMeasurement(),
        new ThroughputMeasurement(),
        new LossMeasurement(),
        new LatencyMeasurement(),
        new SampleMeasurement(),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case [DrainPeer, "own", var map, var filler]:
                return RingBufferPeer.Run(Number(map), Number(filler));
            case [DrainPeer, "pinvoke", var map, var filler]:
                return LibBpfPeer.Run(Number(map), Number(filler));
            case [ScanPeer, var root]:
                return await ExistingContainers.TimeScanAsync(root);
            case ["--list"]:
                foreach (Figure figure in Measurements.SelectMany(static measurement => measurement.Figures))
                    Console.WriteLine(figure.Name);
                return 0;
            case ["--table", var table]:
                return await MeasureAsync(Measurements, static _ => true, table);
            case ["--table", var table, "--only", var name]:
                IMeasurement[] one = [.. Measurements.Where(measurement => measurement.Figures.Any(figure => figure.Name == name))];
                return one.Length > 0 ? await MeasureAsync(one, figure => figure.Name == name, table) : Refuse($"there is no figure '{name}': --list names them.");
            default:
                return Refuse("usage: ratios --table FILE [--only NAME] | --list");
        }
    }

    private static async Task<int> MeasureAsync(IEnumerable<IMeasurement> measurements, Func<Figure, bool> isWanted, string table)
    {
        List<Measured> all = [];
        foreach (IMeasurement measurement in measurements)
        {
            foreach (Measured measured in (await measurement.MeasureAsync()).Where(measured => isWanted(measured.Figure)))
            {
                Console.WriteLine($"{measured.Figure.Name} {measured.ValueText} {measured.Figure.LimitText} {measured.Verdict}");
                all.Add(measured);
            }
        }

        await File.WriteAllLinesAsync(table, Table.Write(all));
        return all.TrueForAll(static measured => measured.Value is null || measured.Holds) ? 0 : Failure;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"ratios: {message}");
        return Usage;
    }

    private static uint Number(string argument) => uint.Parse(argument, CultureInfo.InvariantCulture);
}
