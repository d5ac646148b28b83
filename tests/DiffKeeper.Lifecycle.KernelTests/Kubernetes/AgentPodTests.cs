using System.Globalization;
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
        await using AgentPod agent = await RunAsync(kubelet, Manifests.ReadDaemonSet());
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
        await using (AgentPod agent = await RunAsync(kubelet, Manifests.ReadDaemonSet()))
            await agent.WaitUntilAsync(() => IsToldInjected(agent, first));
        LiveContainer second = await Node.StartPodAsync(InjectedNamespace);
        await using AgentPod following = await RunAsync(kubelet, Manifests.ReadDaemonSet());
        await following.WaitUntilAsync(() => IsToldInjected(following, second));

        Assert.That(IsToldInjected(following, first), Is.False, following.Log);
        await Node.RemoveAsync(first);
        await Node.RemoveAsync(second);
    }

    [Test]
    public async Task An_injector_in_a_config_map_s_directory_is_refused_since_that_is_everybody_s_to_write_to()
    {
        V1DaemonSet daemonSet = Manifests.ReadDaemonSet();
        V1VolumeMount mount = daemonSet.Spec.Template.Spec.Containers[0].VolumeMounts.Single(mount => mount.SubPath is not null);
        mount.MountPath = Path.GetDirectoryName(mount.MountPath);
        mount.SubPath = null;

        await using AgentPod agent = await Node.NewKubelet().RunAsync(daemonSet, Manifests.ReadConfigMaps());

        Assert.That(await agent.TracesAsync(), Is.False);
        Assert.That(await agent.ExitCodeAsync(), Is.EqualTo(2), agent.Log);
        Assert.That(agent.Log, Does.Contain($"could be replaced by everybody, who may write to the directory {mount.MountPath}"));
    }

    [Test]
    public async Task The_agent_has_the_rights_of_the_manifest_and_no_others()
    {
        // linux/capability.h
        const ulong BpfPerfmonAndDacReadSearch = (1UL << 39) | (1UL << 38) | (1UL << 2);
        await using AgentPod agent = await RunAsync(Node.NewKubelet(), Manifests.ReadDaemonSet());
        int pid = await agent.PidAsync();
        Dictionary<string, string> status =
            File.ReadLines($"/proc/{pid}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());
        string[] mounts = [.. File.ReadLines($"/proc/{pid}/mountinfo")];

        using (Assert.EnterMultipleScope())
        {
            foreach (string set in new[] { "CapPrm", "CapEff", "CapBnd" })
                Assert.That(status[set], Is.EqualTo($"{BpfPerfmonAndDacReadSearch:x16}"), set);
            Assert.That((status["NoNewPrivs"], status["Seccomp"]), Is.EqualTo(("1", "2")), "No new privileges, and a seccomp filter.");
            Assert.That(OptionsOf("/"), Does.StartWith("ro,"));
            Assert.That(OptionsOf("/host"), Does.StartWith("ro,"));
            Assert.That(OptionsOf("/etc/diffkeeper/inject.sh"), Does.StartWith("ro,"));
            Assert.That(OptionsOf("/run/diffkeeper"), Does.StartWith("rw,"));
        }

        string OptionsOf(string mountPoint) => mounts.Select(line => line.Split(' ')).Single(fields => fields[4] == mountPoint)[5];
    }

    [Test]
    public async Task The_probes_of_the_manifest_are_answered_and_so_is_a_scrape()
    {
        V1DaemonSet daemonSet = Manifests.ReadDaemonSet();
        V1Container container = daemonSet.Spec.Template.Spec.Containers.Single();
        await using AgentPod agent = await RunAsync(Node.NewKubelet(), daemonSet);

        foreach (V1Probe probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe })
            Assert.That((await agent.GetAsync(probe.HttpGet.Path, probe.HttpGet.Port)).IsSuccessStatusCode, probe.HttpGet.Path);
        IDictionary<string, string> annotations = daemonSet.Spec.Template.Metadata.Annotations;
        Assert.That(container.Ports.Single().ContainerPort.ToString(CultureInfo.InvariantCulture), Is.EqualTo(annotations["prometheus.io/port"]));
        string metrics = await (await agent.GetAsync(annotations["prometheus.io/path"], container.Ports.Single().Name)).Content.ReadAsStringAsync();
        Assert.That(metrics, Does.Contain("diffkeeper_lifecycle_"));
    }

    private static async Task<AgentPod> RunAsync(Kubelet kubelet, V1DaemonSet daemonSet)
    {
        AgentPod agent = await kubelet.RunAsync(daemonSet, Manifests.ReadConfigMaps());
        Assert.That(await agent.TracesAsync(), agent.Log);
        return agent;
    }

    private static bool IsToldInjected(AgentPod agent, LiveContainer container) => agent.Log.Contains($"Injected {container.Id}", StringComparison.Ordinal);
}
