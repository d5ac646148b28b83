using DiffKeeper.Lifecycle.KernelTests.Churn;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A node with every engine, whose containers are injected by agents that are killed on the way.</summary>
[TestFixture]
[Category("Kernel")]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "podman", "runc", "crun", "busybox")]
public sealed class InjectionOnNodeTests
{
    private const int Waves = 5;
    private const int ContainersOfPod = 2;

    private static readonly int[] WavesWithKill = [1, 3];
    private static readonly string[] Namespaces = ["shop", "bank-eu", "kube-system"];
    private static readonly string[] Allowed = ["shop", "bank-eu"];

    /// <summary>What runs outside Kubernetes in each wave.</summary>
    private static readonly ChurnEngineKind[] Others =
    [
        .. Enumerable.Repeat(ChurnEngineKind.Docker, 5), .. Enumerable.Repeat(ChurnEngineKind.Ctr, 5),
        .. Enumerable.Repeat(ChurnEngineKind.PodmanRunc, 2), .. Enumerable.Repeat(ChurnEngineKind.PodmanCrun, 2),
    ];

    private ChurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartNode() => _node = await ChurnNode.StartAsync();

    [OneTimeTearDown]
    public async Task StopNode() => await _node.DisposeAsync();

    [Test]
    [CancelAfter(290_000)]
    public async Task Every_container_is_injected_once_as_its_engine_knows_it_also_by_an_agent_that_is_killed(CancellationToken cancellationToken)
    {
        await using KilledAgent everywhere = await KilledAgent.StartAsync();
        await using KilledAgent selective = await KilledAgent.StartAsync("--inject-namespace", "shop", "--inject-namespace", "bank-*");
        List<ContainerTruth> truth = [];
        for (int wave = 0; wave < Waves; wave++)
            truth.AddRange(await PlayAsync(everywhere, selective, WavesWithKill.Contains(wave), cancellationToken));
        await everywhere.EndAsync();
        await selective.EndAsync();

        ContainerTruth[] sandboxes = [.. truth.Where(container => container.IsSandbox)];
        ContainerTruth[] allowed = [.. truth.Except(sandboxes).Where(container => Allowed.Contains(container.Pod?.Namespace))];
        AssertThatInjected(everywhere, [.. truth.Except(sandboxes)], sandboxes);
        AssertThatInjected(selective, allowed, [.. truth.Except(allowed)]);
        Assert.That(truth.Except(sandboxes).Count(), Is.EqualTo(Waves * (Others.Length + (Namespaces.Length * ContainersOfPod))));
    }

    /// <summary>The containers of one wave live until they are injected.</summary>
    private async Task<IReadOnlyCollection<ContainerTruth>> PlayAsync(
        KilledAgent everywhere, KilledAgent selective, bool kill, CancellationToken cancellationToken)
    {
        if (kill)
        {
            everywhere.Hold();
            selective.Hold();
        }

        ChurnTask[] tasks = [.. Others.Select(engine => new ChurnTask(engine, [Lasting()])), .. Namespaces.Select(PodIn)];
        Task<IReadOnlyCollection<ContainerTruth>> playing = _node.RunAsync(tasks, tasks.Length, cancellationToken);
        string[] all = await RunningOfAsync(tasks, playing);
        string[] allowed = await RunningOfAsync(tasks.Where(task => Allowed.Contains(task.Namespace)), playing);
        if (kill)
            await Task.WhenAll(everywhere.KillAsync(all), selective.KillAsync(allowed));

        await Task.WhenAll(everywhere.WaitForAsync(all), selective.WaitForAsync(allowed));
        foreach (Scenario scenario in tasks.SelectMany(task => task.Containers))
            scenario.Checkpoint!.Open();
        return await playing;
    }

    /// <summary>The IDs of the containers, once all of them run.</summary>
    private static async Task<string[]> RunningOfAsync(IEnumerable<ChurnTask> tasks, Task playing)
    {
        Task<string[]> running = Task.WhenAll(tasks.SelectMany(task => task.Containers).Select(scenario => scenario.Checkpoint!.Reached));
        await await Task.WhenAny(running, playing);
        return await running;
    }

    private static ChurnTask PodIn(string kubernetesNamespace) =>
        new(ChurnEngineKind.Cri, [.. Enumerable.Range(0, ContainersOfPod).Select(_ => Lasting())]) { Namespace = kubernetesNamespace };

    private static Scenario Lasting() => Scenario.Killed() with { Checkpoint = new Checkpoint() };

    private static void AssertThatInjected(KilledAgent agent, IReadOnlyCollection<ContainerTruth> injected, IEnumerable<ContainerTruth> leftOut)
    {
        var comparison = new InjectionComparison(agent);
        Assert.That(injected.SelectMany(comparison.Compare).Concat(leftOut.SelectMany(comparison.CompareLeftOut)), Is.Empty);
        Assert.That(injected.Sum(container => agent.RetriesOf(container.Id)), Is.Positive, "Nothing was on its way when the agent was killed.");
    }
}
