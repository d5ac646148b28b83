using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>The sample program is killed in the middle of the churn and started again.</summary>
[TestFixture]
[Category("Kernel")]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "podman", "runc", "crun", "busybox")]
public sealed class RestartTests
{
    private const int Seed = 3;
    private const int Containers = 60;
    private const int Parallel = 8;

    private ChurnNode _node = null!;
    private BareEngine _sentinels = null!;

    [OneTimeSetUp]
    public async Task StartNode()
    {
        _sentinels = await SharedEngines.RuncAsync();
        _node = await ChurnNode.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopNode() => await _node.DisposeAsync();

    [Test]
    [CancelAfter(290_000)]
    public async Task A_killed_tracer_s_successor_goes_on_from_what_runs_and_neither_tells_anything_twice(CancellationToken cancellationToken)
    {
        await using TracingProcess first = await TracingProcess.StartAsync("--output", "json");
        Task<IReadOnlyCollection<ContainerTruth>> churning = _node.RunAsync(new ChurnPlan(Seed).Make(Containers), Parallel, cancellationToken);
        (ChurnTask Task, Checkpoint Checkpoint)[] lasting = [.. Enum.GetValues<ChurnEngineKind>().Select(ChurnTask.Lasting)];
        Task<IReadOnlyCollection<ContainerTruth>> staying = _node.RunAsync(lasting.Select(l => l.Task), lasting.Length, cancellationToken);
        Task running = Task.WhenAll(lasting.Select(l => l.Checkpoint.Reached));
        await await Task.WhenAny(running, staying, churning);
        Assert.That(running.IsCompleted, "What was to stay did not come up before the churn was over.");
        await CatchUpAsync(first);

        await first.EndAsync(ProcessSignal.Kill);
        await using TracingProcess second = await TracingProcess.StartAsync("--output", "json");
        long succeeded = TimeProvider.System.GetTimestamp();
        foreach ((_, Checkpoint checkpoint) in lasting)
            checkpoint.Open();
        IReadOnlyCollection<ContainerTruth> stayed = await staying;
        IReadOnlyCollection<ContainerTruth> churned = await churning;
        await CatchUpAsync(second);

        var told = new Succession(first.Events, second.Events, succeeded);
        Assert.That(stayed.SelectMany(told.CompareStayed).Concat(churned.SelectMany(told.Compare)), Is.Empty);
    }

    private async Task CatchUpAsync(TracingProcess tracer)
    {
        FinishedContainer sentinel = await _sentinels.RunAsync(ContainerSpec.Shortest);
        await tracer.WaitForEventsOfAsync(sentinel.Id);
    }
}
