using System.Globalization;
using DiffKeeper.Lifecycle.Ratios.Figures;

namespace DiffKeeper.Lifecycle.Ratios.Storms;

/// <summary>How much slower a storm of processes is while a tracer is attached and read: storms with and without it, in turns.</summary>
internal sealed class ThroughputMeasurement : IMeasurement
{
    private const int Pairs = 40;
    private const int SpawnsEach = 1500;

    // Tracing is what is measured, and not attaching: a program attaches once. What that leaves to do would take a few hundredths of a storm, above all the
    // compiling of this process's methods, which goes on in the background until they have been called often enough.
    private const int AttachmentsBefore = 10;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private static readonly Figure Throughput = new("exec-throughput", "processes spawned a second while tracing, against without", Bound.AtLeast, 0.98);

    public IReadOnlyList<Figure> Figures { get; } = [Throughput];

    public async Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        string spawners = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        using var storm = new LineProcess(Peers.Storm, spawners, SpawnsEach.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < AttachmentsBefore; i++)
            await AskTracedAsync(storm);
        List<double> ratios = [];
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Who comes first changes, so that a drift of the machine's speed evens out.
            bool tracedFirst = pair % 2 == 0;
            double traced = tracedFirst ? await AskTracedAsync(storm) : 0;
            double untraced = await AskAsync(storm);
            traced = tracedFirst ? traced : await AskTracedAsync(storm);
            ratios.Add(untraced / traced);
        }

        return [new Measured(Throughput, Statistics.Median(ratios), $"{Pairs} pairs of {Environment.ProcessorCount * SpawnsEach:#,0} processes")];
    }

    private static async Task<double> AskTracedAsync(LineProcess storm)
    {
        await using LifecycleTracer tracer = LifecycleTracer.Create();
        using var leaving = new CancellationTokenSource();
        Task reading = ReadAsync(tracer, leaving.Token);
        double nanoseconds = await AskAsync(storm);
        await leaving.CancelAsync();
        await reading.ContinueWith(static _ => { }, TaskScheduler.Default);
        return nanoseconds;
    }

    private static async Task ReadAsync(LifecycleTracer tracer, CancellationToken cancellationToken)
    {
        await foreach (LifecycleEvent _ in tracer.ReadAllAsync(cancellationToken))
        {
        }
    }

    private static async Task<double> AskAsync(LineProcess storm)
    {
        await Task.Delay(Settling);
        return double.Parse(storm.Ask(), CultureInfo.InvariantCulture);
    }
}
