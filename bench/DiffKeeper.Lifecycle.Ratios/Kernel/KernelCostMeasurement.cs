using System.Globalization;
using DiffKeeper.Lifecycle.Ratios.Figures;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary>
/// What the library's programs cost a process that is no container's, as the kernel counts it, less what empty programs on the same hooks cost in the
/// same storm of processes; and the same beside execsnoop.
/// </summary>
internal sealed class KernelCostMeasurement : IMeasurement
{
    private const int Storms = 3;
    private const string SpawnsEach = "1000";

    // Where the kernel happens to put programs and their memory makes 50 ns, and so may who comes first on a hook: he misses the processor's caches for both.
    private const int Attachments = 8;

    private static readonly Figure Uninteresting = new(
        "kernel-process", "BPF run time of a fork, an exec and an exit that are no container's, less that of empty programs on the same hooks", Bound.AtMost, 250, "ns");

    private static readonly Figure ExecSnoopRatio = new("kernel-execsnoop", "the same, against execsnoop (libbpf-tools)", Bound.AtMost, 0.02);

    private static readonly string[] Own = ["handle_fork", "handle_exec", "handle_exit"];
    private static readonly string[] Empty = ["empty_fork", "empty_exec", "empty_exit"];

    public IReadOnlyList<Figure> Figures { get; } = [Uninteresting, ExecSnoopRatio];

    public async Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        using SafeFileHandle statistics = BpfPrograms.EnableStatistics();
        List<(double Own, double Empty)> alone = [];
        for (int i = 0; i < Attachments; i++)
            alone.AddRange(await MeasureOwnAsync(isFirst: i % 2 == 0));
        double net = Statistics.Median(alone.Select(static storm => storm.Own - storm.Empty));
        double peer = await MeasurePeerAsync();
        return
        [
            new Measured(Uninteresting, net, Text($"{Statistics.Median(alone.Select(static storm => storm.Own)):0} ns - {Statistics.Median(alone.Select(static storm => storm.Empty)):0} ns")),
            new Measured(ExecSnoopRatio, net / peer, Text($"{net:0} ns / {peer:#,0} ns")),
        ];
    }

    private static async Task<(double Own, double Empty)[]> MeasureOwnAsync(bool isFirst)
    {
        IReadOnlySet<uint> before = BpfPrograms.Now();
        using EmptyPrograms? emptyBefore = isFirst ? null : new EmptyPrograms();
        await using LifecycleTracer tracer = LifecycleTracer.Create();
        using EmptyPrograms? emptyAfter = isFirst ? new EmptyPrograms() : null;
        using BpfPrograms own = BpfPrograms.Since(before, Own.Contains);
        using BpfPrograms empty = BpfPrograms.Since(before, Empty.Contains);
        return [.. MeasureStorms(own, empty)];
    }

    /// <summary>An exec beside the tracer, as the figure's other half was measured.</summary>
    private static async Task<double> MeasurePeerAsync()
    {
        IReadOnlySet<uint> before = BpfPrograms.Now();
        await using LifecycleTracer tracer = LifecycleTracer.Create();
        using var emptyPrograms = new EmptyPrograms();
        using ExecSnoop execSnoop = ExecSnoop.Start();
        using BpfPrograms empty = BpfPrograms.Since(before, Empty.Contains);
        // One program at the system call's entry, one at its return.
        using BpfPrograms peers = BpfPrograms.Since(before, static name => name.StartsWith("tracepoint__sys", StringComparison.Ordinal));
        return Statistics.Median(MeasureStorms(peers, empty).Select(static storm => storm.First - (storm.Second * 2 / 3)));
    }

    private static IEnumerable<(double First, double Second)> MeasureStorms(BpfPrograms first, BpfPrograms second)
    {
        using var storm = new LineProcess(Peers.Storm, "1", SpawnsEach);
        for (int i = 0; i < Storms; i++)
        {
            var firstBefore = first.Read();
            var secondBefore = second.Read();
            storm.Ask();
            yield return (RunTime.PerProcess(firstBefore, first.Read()), RunTime.PerProcess(secondBefore, second.Read()));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
