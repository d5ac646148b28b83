using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Injection;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>What each capability of the manifest is for: the same pod, less one.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(600_000)]
[RequireKernel("containerd", "ctr", "runc", "busybox", PodNetwork.Plugin)]
public sealed class CapabilityTests : AgentFixture
{
    private static readonly LifecycleState[] WholeLife = [LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];

    private static readonly Dictionary<string, AgentFeatures> Losses = new()
    {
        ["BPF"] = AgentFeatures.All,
        ["PERFMON"] = AgentFeatures.All,
        ["DAC_READ_SEARCH"] = AgentFeatures.Existing,
    };

    /// <summary>One that is added to the manifest has no known loss, and fails.</summary>
    private static IEnumerable<string> Capabilities => SecurityContextOf(Manifests.ReadDaemonSet()).Capabilities.Add;

    [Test]
    public async Task With_the_manifest_s_capabilities_nothing_is_lost() =>
        Assert.That(await FindLostAsync(Manifests.ReadDaemonSet()), Is.EqualTo(AgentFeatures.None));

    [TestCaseSource(nameof(Capabilities))]
    public async Task Without_one_capability_exactly_what_it_is_for_is_lost(string capability)
    {
        V1DaemonSet daemonSet = Manifests.ReadDaemonSet();
        SecurityContextOf(daemonSet).Capabilities.Add.Remove(capability);

        Assert.That(await FindLostAsync(daemonSet), Is.EqualTo(Losses[capability]));
    }

    [TestCase("BPF")]
    [TestCase("PERFMON")]
    public async Task An_agent_that_may_not_trace_ends_and_names_the_capability_it_lacks(string capability)
    {
        V1DaemonSet daemonSet = Manifests.ReadDaemonSet();
        SecurityContextOf(daemonSet).Capabilities.Add.Remove(capability);

        await using AgentPod agent = await Node.NewKubelet().RunAsync(daemonSet, Manifests.ReadConfigMaps());

        Assert.That(await agent.TracesAsync(), Is.False);
        Assert.That(await agent.ExitCodeAsync(), Is.EqualTo(1));
        Assert.That(agent.Log, Does.Contain($"this process lacks CAP_{capability}: "));
    }

    [Test]
    public async Task Without_the_node_s_files_containers_are_told_of_and_nothing_is_known_of_them()
    {
        V1DaemonSet daemonSet = Manifests.ReadDaemonSet();
        IList<V1VolumeMount> mounts = daemonSet.Spec.Template.Spec.Containers.Single().VolumeMounts;
        mounts.Remove(mounts.Single(mount => mount.MountPath == "/host"));

        Assert.That(await FindLostAsync(daemonSet), Is.EqualTo(AgentFeatures.Identity | AgentFeatures.Injection | AgentFeatures.Existing));
    }

    /// <summary>Plays a pod that was there before the agent and one that comes after, and compares what becomes of them with what should.</summary>
    private async Task<AgentFeatures> FindLostAsync(V1DaemonSet daemonSet)
    {
        // Says of every container what is decided of it, so that nothing need be waited for that does not come.
        daemonSet.Spec.Template.Spec.Containers[0].Args.Add("--debug");
        Kubelet kubelet = Node.NewKubelet();
        LiveContainer before = await Node.StartPodAsync(InjectedNamespace);
        await using AgentPod agent = await kubelet.RunAsync(daemonSet, Manifests.ReadConfigMaps());
        AgentFeatures found = await agent.TracesAsync() ? await FindAsync(agent, kubelet, before) : AgentFeatures.None;
        await Node.RemoveAsync(before);
        return AgentFeatures.All & ~found;
    }

    private async Task<AgentFeatures> FindAsync(AgentPod agent, Kubelet kubelet, LiveContainer before)
    {
        LiveContainer after = await Node.StartPodAsync(InjectedNamespace);
        await agent.WaitUntilAsync(() => IsDecided(agent, after));
        await Node.RemoveAsync(after);
        await agent.WaitUntilAsync(() => IsGone(agent, after));

        AgentFeatures found = AgentFeatures.None;
        if (StatesOf(agent, after).SequenceEqual(WholeLife))
            found |= AgentFeatures.Events;
        if (IsIdentified(agent, after))
            found |= AgentFeatures.Identity;
        if (IsInjected(kubelet, after))
            found |= AgentFeatures.Injection;
        if (EventsOf(agent, before) is [{ State: LifecycleState.Start, Existing: true }] && IsIdentified(agent, before))
            found |= AgentFeatures.Existing;
        return found;
    }

    private static bool IsDecided(AgentPod agent, LiveContainer container) =>
        agent.Log.Contains($"[AutoInject] Injected {container.Id}", StringComparison.Ordinal)
        || agent.Log.Contains($"[AutoInject] Skipped {container.Id}: ", StringComparison.Ordinal);

    private static V1SecurityContext SecurityContextOf(V1DaemonSet daemonSet) => daemonSet.Spec.Template.Spec.Containers.Single().SecurityContext;
}
