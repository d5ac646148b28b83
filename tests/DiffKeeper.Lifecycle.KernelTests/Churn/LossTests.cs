using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>The smallest ring, a reader that is held up, and a storm of execs, in the middle of the churn.</summary>
[TestFixture]
[Category("Kernel")]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "podman", "runc", "crun", "busybox")]
public sealed class LossTests
{
    private const int Seed = 4;
    private const int Containers = 40;
    private const int Parallel = 8;

    private ChurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartNode() => _node = await ChurnNode.StartAsync();

    [OneTimeTearDown]
    public async Task StopNode() => await _node.DisposeAsync();

    [Test]
    [CancelAfter(290_000)]
    public async Task What_is_told_becomes_true_again_when_a_reader_returns_whose_ring_ran_over(CancellationToken cancellationToken)
    {
        using var logs = new StallingLogs();
        await using var tracer = LifecycleTracer.Create(new LifecycleTracerOptions { RingBufferBytes = LifecycleTracerOptions.MinRingBufferBytes, LoggerFactory = logs });
        await using var recorder = new EventRecorder(tracer);
        Task<IReadOnlyCollection<ContainerTruth>> churning = _node.RunAsync(new ChurnPlan(Seed).Make(Containers), Parallel, cancellationToken);
        (ChurnTask Task, Checkpoint Checkpoint)[] lasting = [.. Enum.GetValues<ChurnEngineKind>().Select(ChurnTask.Lasting)];
        Task<IReadOnlyCollection<ContainerTruth>> staying = _node.RunAsync(lasting.Select(l => l.Task), lasting.Length, cancellationToken);

        logs.Stall();
        Task storm = StormAsync();
        await await Task.WhenAny(Task.WhenAll(lasting.Select(l => l.Checkpoint.Reached)), staying);
        IReadOnlyCollection<ContainerTruth> churned = await churning;
        await storm;
        logs.Release();
        long returned = TimeProvider.System.GetTimestamp();

        bool converged = await Eventually.HoldsAsync(() => Running(tracer).Count == lasting.Length);
        TimeSpan took = TimeProvider.System.GetElapsedTime(returned);
        IReadOnlyList<LifecycleEvent> running = Running(tracer);
        foreach ((_, Checkpoint checkpoint) in lasting)
            checkpoint.Open();
        IReadOnlyCollection<ContainerTruth> stayed = await staying;
        bool ended = await Eventually.HoldsAsync(() => Own(tracer).Count == 0);

        await TestContext.Progress.WriteLineAsync($"converged {took.TotalMilliseconds:F0} ms after the reader's return");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(converged, () => $"It went on with {string.Join(Environment.NewLine, running)}");
            Assert.That(ended, () => $"It ended with {string.Join(Environment.NewLine, Own(tracer))}");
            Assert.That(logs.Lines, Has.Some.Contains("ring buffer full"));
            Assert.That(running.Select(e => (e.ContainerId, e.Pid)), Is.EquivalentTo(stayed.Where(container => !container.IsSandbox).Select(container => (container.Id, container.Lives[0].Pid!.Value))));
            Assert.That(stayed.Concat(churned).SelectMany(container => ToldTwice(container, recorder)), Is.Empty);
        }
    }

    /// <summary>Execs that the kernel has to tell of, although nothing comes of them.</summary>
    private static Task StormAsync() => Tool.RunAsync("sh", "-c", "for i in $(seq 200); do runc --version >/dev/null; done");

    private List<LifecycleEvent> Own(LifecycleTracer tracer)
        => [.. tracer.Snapshot().Where(e => _node.Directories.Any(directory => e.Bundle?.StartsWith(directory, StringComparison.Ordinal) == true))];

    private List<LifecycleEvent> Running(LifecycleTracer tracer) => [.. Own(tracer).Where(e => e is { State: LifecycleState.Start, Sandbox: false })];

    private static IEnumerable<string> ToldTwice(ContainerTruth container, EventRecorder recorder)
        => recorder.Of(container.Id)
            .GroupBy(static e => e.State)
            .Where(told => told.Count() > container.Lives.Count)
            .Select(told => $"{container}: {told.Count()} times {told.Key}");
}
