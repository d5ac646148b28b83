using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>What an ordinary user's process is told that has some of root's capabilities.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("containerd", "ctr", "runc", "busybox", "setpriv")]
public sealed class UserCapabilityTests
{
    private const string Namespace = "shop";

    private static readonly ContainerSpec Pod = ContainerSpec.Lasting with { Annotations = PodAnnotations.InNamespace(Namespace) };

    [TestCase("bpf", "perfmon", "dac_read_search", "sys_ptrace", ExpectedResult = "created: shop, existing: shop, bare: with bundle", TestName = "With_all_four_everything_is_told")]
    [TestCase("bpf", "perfmon", "sys_ptrace", ExpectedResult = "created: unknown, existing: nothing, bare: with bundle", TestName = "Without_DAC_READ_SEARCH_no_pod_is_known_and_nothing_that_ran_before")]
    [TestCase("bpf", "perfmon", "dac_read_search", ExpectedResult = "created: shop, existing: shop, bare: without bundle", TestName = "Without_SYS_PTRACE_no_bundle_is_known_that_is_the_runtime_s_working_directory")]
    public async Task<string> What_is_told_by_a_user_with(params string[] capabilities)
    {
        ContainerdEngine engine = await SharedEngines.KubernetesAsync();
        await using var directory = new PrivateDirectory("capabilities");
        await using var bundles = new PrivateDirectory("bundles");
        PreparedContainer bare = await PreparedContainer.MakeAsync(bundles);
        string existing = await engine.StartAsync(Pod);
        await using TracingProcess tracer = await TracingProcess.StartAsync(DiffkeeperProgram.DescribeWithCapabilities(directory, capabilities, "--output", "json"));
        await Tool.RunAsync("sh", "-c", $"cd {bare.Bundle}; {bare.CommandsToStart.Replace($"--bundle {bare.Bundle} ", "", StringComparison.Ordinal)}\n{bare.CommandToRemove}");
        string created = await engine.StartAsync(Pod);
        await engine.RemoveAsync(existing);
        await engine.RemoveAsync(created);
        await tracer.WaitForEventsOfAsync(created);

        Assert.That(
            Told(created).Select(e => e.State),
            Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete }));
        return $"created: {NamespaceOf(created)}, existing: {(Told(existing).Any(e => e.Existing) ? NamespaceOf(existing) : "nothing")}, "
            + $"bare: {(Told(bare.Id).First().Bundle is null ? "without" : "with")} bundle";

        IEnumerable<LifecycleEvent> Told(string id) => tracer.Events.Where(e => e.ContainerId == id);
        string NamespaceOf(string id) => Told(id).Select(e => e.Namespace).Distinct().Single() ?? "unknown";
    }
}
