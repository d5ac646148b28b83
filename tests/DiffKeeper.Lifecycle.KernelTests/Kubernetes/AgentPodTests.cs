using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Injection;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>The image in a pod of containerd's Kubernetes service, just as deploy/kubernetes says.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(600_000)]
[RequireKernel("containerd", "ctr", "runc", "busybox", PodNetwork.Plugin)]
public sealed class AgentPodTests : AgentFixture
{
    [Test]
    public async Task The_agent_tells_of_the_other_pods_by_their_Kubernetes_names_and_injects_those_of_its_namespaces()
    {
        Kubelet kubelet = Node.NewKubelet();
        LiveContainer before = await Node.StartPodAsync(InjectedNamespace);
        await using AgentPod agent = await RunAsync(kubelet, KubernetesNode.Agent());
        LiveContainer system = await Node.StartPodAsync("kube-system");
        LiveContainer after = await Node.StartPodAsync(InjectedNamespace);
        await agent.WaitUntilAsync(() => IsInjected(kubelet, before) && IsInjected(kubelet, after));
        LiveContainer[] pods = [before, system, after];
        foreach (LiveContainer container in pods)
            await Node.RemoveAsync(container);
        await agent.WaitUntilAsync(() => Array.TrueForAll(pods, container => IsGone(agent, container)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsInjected(kubelet, system), Is.False);
            Assert.That(StatesOf(agent, before), Is.EqualTo(new[] { LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete }));
            Assert.That(StatesOf(agent, system), Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete }));
            Assert.That(Array.TrueForAll(pods, container => IsIdentified(agent, container)), agent.Log);
            Assert.That(await agent.StopAsync(), Is.Zero, agent.Log);
        }
    }

    [Test]
    public async Task An_agent_that_follows_another_one_injects_what_that_one_has_not()
    {
        Kubelet kubelet = Node.NewKubelet();
        LiveContainer first = await Node.StartPodAsync(InjectedNamespace);
        await using (AgentPod agent = await RunAsync(kubelet, KubernetesNode.Agent()))
            await agent.WaitUntilAsync(() => IsToldInjected(agent, first));
        LiveContainer second = await Node.StartPodAsync(InjectedNamespace);
        await using AgentPod following = await RunAsync(kubelet, KubernetesNode.Agent());
        await following.WaitUntilAsync(() => IsToldInjected(following, second));

        Assert.That(IsToldInjected(following, first), Is.False, following.Log);
        await Node.RemoveAsync(first);
        await Node.RemoveAsync(second);
    }

    [Test]
    public async Task An_injector_in_a_config_map_s_directory_is_refused_since_that_is_everybody_s_to_write_to()
    {
        V1DaemonSet daemonSet = KubernetesNode.Agent();
        V1VolumeMount mount = daemonSet.Spec.Template.Spec.Containers[0].VolumeMounts.Single(mount => mount.SubPath is not null);
        mount.MountPath = Path.GetDirectoryName(mount.MountPath);
        mount.SubPath = null;

        await using AgentPod agent = await Node.NewKubelet().RunAsync(daemonSet, Manifests.ReadConfigMaps());

        Assert.That(await agent.TracesAsync(), Is.False);
        Assert.That(await agent.ExitCodeAsync(), Is.EqualTo(2), agent.Log);
        Assert.That(agent.Log, Does.Contain($"could be replaced by everybody, who may write to the directory {mount.MountPath}"));
    }

    private static async Task<AgentPod> RunAsync(Kubelet kubelet, V1DaemonSet daemonSet)
    {
        AgentPod agent = await kubelet.RunAsync(daemonSet, Manifests.ReadConfigMaps());
        Assert.That(await agent.TracesAsync(), agent.Log);
        return agent;
    }

    private static bool IsToldInjected(AgentPod agent, LiveContainer container) => agent.Log.Contains($"Injected {container.Id}", StringComparison.Ordinal);
}
