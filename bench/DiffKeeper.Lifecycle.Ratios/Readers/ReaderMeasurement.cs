using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.RingBuffers;
using DiffKeeper.Lifecycle.Ratios.Figures;
using DiffKeeper.Lifecycle.Ratios.Kernel;

namespace DiffKeeper.Lifecycle.Ratios.Readers;

/// <summary>
/// Nanoseconds a record to drain a ring that the kernel filled, by the library's reader and by others. Each runs in a process of its own that both
/// fills and drains; they take turns, ring by ring, and each turn gives one ratio.
/// </summary>
internal sealed class ReaderMeasurement : IMeasurement
{
    // As many as the filler gives in one run and the ring has room for at the largest size.
    private const int Records = 3900;
    private const int MixedSizes = 0;

    // Of each size. The runtime compiles a loop for good only when it has seen it run for a while: before that, it's three times slower.
    private const int WarmUps = 600;
    private const int Rounds = 200;

    // Which pages a ring happens to get decides how well the processor's second cache holds them: half a nanosecond of a record of 64 bytes, for one reader
    // more than for another.
    private const int Rings = 5;

    private static readonly int[] Sizes = [16, 64, 256, MixedSizes];

    private static readonly Figure Allocated = new("reader-allocated", "managed bytes allocated a drained record", Bound.AtMost, 0, "B");

    public IReadOnlyList<Figure> Figures { get; } =
    [
        .. Sizes.Select(static size => Against("libbpf", size, "libbpf's `ring_buffer__consume` in C", IsSmall(size) ? 0.60 : 1.00)),
        .. Sizes.Where(IsSmall).Select(static size => Against("pinvoke", size, "libbpf's from C#, through P/Invoke and an unmanaged callback", 0.25)),
        .. Sizes.Select(static size => Against("cilium", size, "cilium/ebpf's `Reader.Read` in Go", 0.06)),
        Allocated,
    ];

    public Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        Drain[][][][] rings = [.. Enumerable.Range(0, Rings).Select(static _ => DrainRing())];

        List<Measured> measured = [];
        for (int i = 0; i < Sizes.Length; i++)
        {
            int size = Sizes[i];
            Drain[][] rounds = [.. rings.SelectMany(ring => ring[i])];
            measured.Add(Compare("libbpf", size, rounds, 1));
            if (IsSmall(size))
                measured.Add(Compare("pinvoke", size, rounds, 2));
            measured.Add(Peers.Cilium is null ? new Measured(FigureOf("cilium", size), null, "Go or cilium/ebpf is not installed") : Compare("cilium", size, rounds, 3));
        }

        Drain[] own = [.. rings.SelectMany(static ring => ring).SelectMany(static rounds => rounds).Select(static drains => drains[0])];
        int records = own.Length * Records;
        measured.Add(new Measured(Allocated, (double)own.Sum(static drain => drain.AllocatedBytes) / records, $"{records:#,0} records"));
        return Task.FromResult<IReadOnlyList<Measured>>(measured);
    }

    /// <returns>For each size the rounds, and of each round what each reader took.</returns>
    private static Drain[][][] DrainRing()
    {
        using var filler = new RingFiller();
        string map = Id(filler.Records);
        string program = Id(filler.Program);
        using var own = new LineProcess(Environment.ProcessPath!, CommandLine.DrainPeer, "own", map, program);
        using var libbpf = new LineProcess(Peers.LibBpf, map, program);
        using var pinvoke = new LineProcess(Environment.ProcessPath!, CommandLine.DrainPeer, "pinvoke", map, program);
        using LineProcess? cilium = Peers.Cilium is { } path ? new LineProcess(path, map, program, Records.ToString(CultureInfo.InvariantCulture)) : null;
        LineProcess[] readers = [.. new[] { own, libbpf, pinvoke, cilium }.OfType<LineProcess>()];

        foreach (int size in Sizes)
            Drain(filler, readers, size, WarmUps);
        return [.. Sizes.Select(size => Drain(filler, readers, size, Rounds))];
    }

    private static Drain[][] Drain(RingFiller filler, LineProcess[] readers, int size, int rounds)
    {
        filler.Configure(Records, size);
        return [.. Enumerable.Range(0, rounds).Select(round => TakeTurns(filler, readers, round))];
    }

    /// <summary>Each reader once. Who begins changes, so that nobody always comes after the same one.</summary>
    private static Drain[] TakeTurns(RingFiller filler, LineProcess[] readers, int round)
    {
        var drains = new Drain[readers.Length];
        for (int turn = 0; turn < readers.Length; turn++)
        {
            int reader = (round + turn) % readers.Length;
            long first = filler.State.NextSequence;
            drains[reader] = Readers.Drain.Parse(readers[reader].Ask(), first, Records);
        }

        return drains;
    }

    private Measured Compare(string other, int size, Drain[][] rounds, int index)
    {
        double ratio = Statistics.Median(rounds.Select(drains => drains[0].NanosecondsPerRecord / drains[index].NanosecondsPerRecord));
        double own = Statistics.Median(rounds.Select(static drains => drains[0].NanosecondsPerRecord));
        double others = Statistics.Median(rounds.Select(drains => drains[index].NanosecondsPerRecord));
        return new Measured(FigureOf(other, size), ratio, string.Create(CultureInfo.InvariantCulture, $"{own:0.00} ns / {others:0.00} ns"));
    }

    private Figure FigureOf(string other, int size) => Figures.Single(figure => figure.Name == NameOf(other, size));

    private static Figure Against(string other, int size, string who, double limit)
        => new(NameOf(other, size), $"draining records of {(size == MixedSizes ? "16, 64 and 256 B mixed at random" : $"{size} B")}, against {who}", Bound.AtMost, limit);

    /// <summary>Larger ones are bound by memory, whoever reads them.</summary>
    private static bool IsSmall(int size) => size is 16 or 64;

    private static string NameOf(string other, int size) => $"reader-{other}-{(size == MixedSizes ? "mixed" : size.ToString(CultureInfo.InvariantCulture))}";

    private static string Id(int descriptor) => BpfObjectInfo.Read(descriptor).Id.ToString(CultureInfo.InvariantCulture);
}
