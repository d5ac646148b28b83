using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.Ratios.Figures;

namespace DiffKeeper.Lifecycle.Ratios.Storms;

/// <summary>Eight spawners as fast as they can, five containers a second beside them, and every one of these containers has to be told of whole.</summary>
internal sealed class LossMeasurement : IMeasurement
{
    private const string Spawners = "8";
    private const string SpawnsEach = "2000";
    private const int ContainersPerSecond = 5;
    private const int Containers = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly LifecycleState[] WholeLife = [LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];

    private static readonly Figure Lost = new(
        "records-lost", "records lost, and events missing, in a storm of 8 spawners with 5 containers a second beside it", Bound.AtMost, 0);

    public IReadOnlyList<Figure> Figures { get; } = [Lost];

    public async Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        await using BareEngine engine = await BareEngine.StartAsync("runc");
        using var log = new LossLog();
        await using LifecycleTracer tracer = LifecycleTracer.Create(new LifecycleTracerOptions { LoggerFactory = log });
        using var leaving = new CancellationTokenSource(Patience * 2);
        Task<int> missing = CountMissingAsync(tracer, leaving.Token);

        using var storm = new LineProcess(Peers.Storm, Spawners, SpawnsEach);
        using var calm = new CancellationTokenSource();
        Task storming = Task.Run(() => StormUntil(storm, calm.Token), CancellationToken.None);
        await RunContainersAsync(engine);
        await calm.CancelAsync();
        await storming;
        return [new Measured(Lost, log.Lost + await missing, string.Create(CultureInfo.InvariantCulture, $"{Containers} containers"))];
    }

    private static void StormUntil(LineProcess storm, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            storm.Ask();
    }

    private static async Task RunContainersAsync(BareEngine engine)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ContainersPerSecond));
        List<Task> running = [];
        for (int i = 0; i < Containers; i++)
        {
            await timer.WaitForNextTickAsync();
            running.Add(engine.RunAsync(ContainerSpec.Shortest));
        }

        await Task.WhenAll(running);
    }

    /// <summary>Reads until all containers are told of whole, or too long.</summary>
    private static async Task<int> CountMissingAsync(LifecycleTracer tracer, CancellationToken end)
    {
        int told = 0;
        try
        {
            await foreach (LifecycleEvent e in tracer.ReadAllAsync(end))
            {
                told += e.ContainerId.StartsWith("diffkeeper-", StringComparison.Ordinal) && WholeLife.Contains(e.State) ? 1 : 0;
                if (told == Containers * WholeLife.Length)
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // What has not come by now is missing.
        }

        return (Containers * WholeLife.Length) - told;
    }
}
