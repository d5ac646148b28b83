using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.Ratios.Figures;

namespace DiffKeeper.Lifecycle.Ratios.Latency;

/// <summary>
/// From the exec of a container's entrypoint, as the kernel saw it, to whoever is told of it: the body of an <c>await foreach</c>, a reader of Docker's
/// events and one of containerd's. The same containers for all, one at a time.
/// </summary>
internal sealed class LatencyMeasurement : IMeasurement
{
    private const int WarmUps = 5;
    private const int Containers = 200;

    private static readonly Figure Median = new("start-p50", "from the entrypoint's exec to the body of `await foreach`, median", Bound.AtMost, 150, "µs");
    private static readonly Figure Slowest = new("start-p99", "the same, 99th percentile", Bound.AtMost, 2000, "µs");
    private static readonly Figure Docker = new("start-docker", "the same, against Docker's `start` event, medians", Bound.AtMost, 0.05);
    private static readonly Figure Containerd = new("start-containerd", "the same, against containerd's `/tasks/start`, medians", Bound.AtMost, 0.2);

    public IReadOnlyList<Figure> Figures { get; } = [Median, Slowest, Docker, Containerd];

    public async Task<IReadOnlyList<Measured>> MeasureAsync()
    {
        await using ContainerdServer containerd = await ContainerdServer.StartAsync();
        await using DockerEngine docker = await DockerEngine.StartAsync(containerd);
        await using var traced = new TracedStarts();
        using DockerEvents dockerEvents = await DockerEvents.SubscribeAsync(new Uri(docker.Socket).LocalPath);
        using var containerdEvents = new ContainerdEvents(containerd.Socket);

        List<double> own = [], dockers = [], containerds = [];
        for (int i = 0; i < WarmUps + Containers; i++)
        {
            string id = await docker.StartAsync(ContainerSpec.Lasting);
            DateTimeOffset executed = await traced.Executed.WaitForAsync(id);
            double ownDelay = (await traced.Told.WaitForAsync(id) - executed).TotalMicroseconds;
            double dockerDelay = (await dockerEvents.Starts.WaitForAsync(id) - executed).TotalMicroseconds;
            double containerdDelay = (await containerdEvents.Starts.WaitForAsync(id) - executed).TotalMicroseconds;
            await docker.RemoveAsync(id);
            if (i < WarmUps)
                continue;
            own.Add(ownDelay);
            dockers.Add(dockerDelay);
            containerds.Add(containerdDelay);
        }

        double median = Statistics.Median(own);
        return
        [
            new Measured(Median, median, $"{Containers} containers of Docker's"),
            new Measured(Slowest, Statistics.Percentile(own, 99), "the same"),
            Compare(Docker, median, Statistics.Median(dockers)),
            Compare(Containerd, median, Statistics.Median(containerds)),
        ];
    }

    private static Measured Compare(Figure figure, double own, double other)
        => new(figure, own / other, string.Create(CultureInfo.InvariantCulture, $"{own:0} µs / {other:#,0} µs"));
}
