using System.Collections.Concurrent;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Injection;

/// <summary>A program that is run for every container of a node with every engine.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(600_000)]
[RequireKernel("dockerd", "docker", "containerd", "ctr", "runc", "podman", "conmon", "busybox")]
public sealed class AutoInjectionTests
{
    private const int AtATime = 4;

    private InjectionNode _node = null!;

    [OneTimeSetUp]
    public async Task StartNode() => _node = await InjectionNode.StartAsync();

    [OneTimeTearDown]
    public async Task StopNode()
    {
        if (_node is not null)
            await _node.DisposeAsync();
    }

    [Test]
    public async Task Each_of_a_hundred_containers_is_injected_exactly_once_with_its_engine_s_values_and_only_in_the_namespaces_allowed(CancellationToken cancellationToken)
    {
        using var everywhere = new InjectorScript();
        using var somewhere = new InjectorScript();
        await using var tracer = LifecycleTracer.Create();
        await using var events = new EventRecorder(tracer);
        Task injecting = Task.WhenAll(
            InjectAsync(tracer, everywhere, new AutoInjectorOptions(), cancellationToken),
            InjectAsync(tracer, somewhere, new AutoInjectorOptions { Policy = new InjectionPolicy { AllowedNamespaces = ["shop*"], DeniedNamespaces = ["*-test"] } }, cancellationToken));

        IReadOnlyCollection<LiveContainer> containers = await StartAsync(
            [.. Repeat(25, DockerAsync), .. Repeat(25, CtrAsync), .. Repeat(20, PodmanAsync), .. Pods("shop"), .. Pods("shop-test"), .. Pods("kube-system")],
            cancellationToken);
        foreach (LiveContainer container in containers)
            await events.WaitForAsync(container.Id, LifecycleState.Start);
        await tracer.DisposeAsync();
        await injecting;

        Assert.That(containers, Has.Count.EqualTo(100));
        Assert.That(RunsFor(containers, everywhere), Is.EqualTo(Expected(containers)));
        Assert.That(RunsFor(containers, somewhere), Is.EqualTo(Expected(containers.Where(container => container.Pod?.Namespace == "shop"))));
    }

    [Test]
    public async Task A_restarted_program_injects_what_it_missed_and_nothing_twice_but_what_it_was_in_the_middle_of(CancellationToken cancellationToken)
    {
        using var script = new InjectorScript("[ ! -e $here/hang ] || sleep 1000");
        using var logs = new StallingLogs();
        IReadOnlyCollection<LiveContainer> before, between, after;
        LiveContainer interrupted;
        using (var ledger = DirectoryInjectionLedger.Open(script.File("ledger")))
        {
            await using var tracer = LifecycleTracer.Create();
            using var stop = new CancellationTokenSource();
            Task injecting = InjectAsync(tracer, script, new AutoInjectorOptions { Ledger = ledger, StopTimeout = TimeSpan.Zero }, stop.Token);
            before = await StartOfEachAsync(cancellationToken);
            await WaitForRunsAsync(script, before);
            await File.WriteAllTextAsync(script.File("hang"), "", cancellationToken);
            interrupted = await _node.StartDockerAsync();
            await WaitForRunsAsync(script, [interrupted]);
            await stop.CancelAsync();
            await injecting;
        }

        File.Delete(script.File("hang"));
        between = await StartOfEachAsync(cancellationToken);
        using (var ledger = DirectoryInjectionLedger.Open(script.File("ledger")))
        {
            await using var tracer = LifecycleTracer.Create();
            await using var events = new EventRecorder(tracer);
            Task injecting = InjectAsync(tracer, script, new AutoInjectorOptions { Ledger = ledger, LoggerFactory = logs }, cancellationToken);
            after = await StartOfEachAsync(cancellationToken);
            foreach (LiveContainer container in after)
                await events.WaitForAsync(container.Id, LifecycleState.Start);
            await _node.RemoveDockerAsync(interrupted);
            await events.WaitForAsync(interrupted.Id, LifecycleState.Delete);
            await tracer.DisposeAsync();
            await injecting;
        }

        LiveContainer[] all = [.. before, .. between, .. after];
        Assert.That(RunsFor(all, script), Is.EqualTo(Expected(all)));
        Assert.That(script.RunsFor(interrupted.Id), Has.Count.EqualTo(2));
        Assert.That(logs.Lines.Where(line => line.Contains("Retry for", StringComparison.Ordinal)), Has.Exactly(1).Items.And.All.Contains(interrupted.Id));
        Assert.That(Directory.EnumerateFiles(script.File("ledger")), Has.None.Contains(interrupted.Id).And.Some.Contains(all[0].Id));
    }

    private static Task InjectAsync(LifecycleTracer tracer, InjectorScript script, AutoInjectorOptions options, CancellationToken stop) =>
        new AutoInjector(tracer, new CommandInjector(new CommandInjectorOptions { Command = script.Command }), options).RunAsync(stop);

    private static async Task WaitForRunsAsync(InjectorScript script, IReadOnlyCollection<LiveContainer> containers)
    {
        bool allRun = await Eventually.HoldsAsync(() => containers.All(container => script.RunsFor(container.Id).Count > 0));
        Assert.That(allRun, "not every container was injected");
    }

    private Task<IReadOnlyCollection<LiveContainer>> StartOfEachAsync(CancellationToken cancellationToken) =>
        StartAsync([DockerAsync, CtrAsync, PodmanAsync, () => _node.StartPodAsync("shop", containers: 2)], cancellationToken);

    private static async Task<IReadOnlyCollection<LiveContainer>> StartAsync(IEnumerable<Func<Task<IReadOnlyList<LiveContainer>>>> starts, CancellationToken cancellationToken)
    {
        ConcurrentBag<LiveContainer> started = [];
        await Parallel.ForEachAsync(starts, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (start, _) =>
        {
            foreach (LiveContainer container in await start())
                started.Add(container);
        });
        return started;
    }

    private static IEnumerable<Func<Task<IReadOnlyList<LiveContainer>>>> Repeat(int count, Func<Task<IReadOnlyList<LiveContainer>>> start) => Enumerable.Repeat(start, count);

    private IEnumerable<Func<Task<IReadOnlyList<LiveContainer>>>> Pods(string kubernetesNamespace) => Repeat(5, () => _node.StartPodAsync(kubernetesNamespace, containers: 2));

    private async Task<IReadOnlyList<LiveContainer>> DockerAsync() => [await _node.StartDockerAsync()];

    private async Task<IReadOnlyList<LiveContainer>> CtrAsync() => [await _node.StartCtrAsync()];

    private async Task<IReadOnlyList<LiveContainer>> PodmanAsync() => [await _node.StartPodmanAsync()];

    /// <summary>The runs for these containers, in words, in an order that does not depend on when they were.</summary>
    private static string[] RunsFor(IEnumerable<LiveContainer> containers, InjectorScript script)
    {
        HashSet<string> ids = [.. containers.Select(container => container.Id)];
        return [.. script.Runs().Where(run => ids.Contains(run.Argument)).Select(run => Describe(run.Argument, run.Variables)).Order(StringComparer.Ordinal)];
    }

    private static string[] Expected(IEnumerable<LiveContainer> containers) =>
        [.. containers.Select(container => Describe(container.Id, container.Variables)).Order(StringComparer.Ordinal)];

    private static string Describe(string id, IReadOnlyDictionary<string, string> variables) =>
        $"{id}: {string.Join(' ', variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}"))}";
}
