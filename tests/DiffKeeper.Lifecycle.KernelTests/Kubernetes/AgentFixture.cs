using DiffKeeper.Lifecycle.KernelTests.Injection;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>What the tests ask of the agents on their node.</summary>
public abstract class AgentFixture
{
    /// <summary>The Kubernetes namespace that the manifest has injected.</summary>
    private protected const string InjectedNamespace = "default";

    private protected KubernetesNode Node { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartNode() => Node = await SharedNode.StartedAsync();

    /// <summary>What the injector of the manifest does: it notes the container.</summary>
    private protected static bool IsInjected(Kubelet kubelet, LiveContainer container) =>
        File.Exists(kubelet.HostPath($"/run/diffkeeper/state/containers/{container.Id}"));

    private protected static IReadOnlyList<LifecycleEvent> EventsOf(AgentPod agent, LiveContainer container) =>
        [.. agent.Events.Where(e => e.ContainerId == container.Id)];

    private protected static IEnumerable<LifecycleState> StatesOf(AgentPod agent, LiveContainer container) => EventsOf(agent, container).Select(e => e.State);

    private protected static bool IsGone(AgentPod agent, LiveContainer container) => StatesOf(agent, container).Contains(LifecycleState.Delete);

    private protected static bool IsIdentified(AgentPod agent, LiveContainer container) => EventsOf(agent, container).All(e =>
        (e.Namespace, e.PodName, e.PodUid) == (container.Pod!.Namespace, container.Pod.Name, container.Pod.Uid)
        && (e.ContainerName, e.Image, e.Runtime) == (container.Name, container.Image, container.Runtime));
}
