using DiffKeeper.Lifecycle.KernelTests.Churn;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;
using DiffKeeper.Lifecycle.KernelTests.Injection;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>A node on which the agent's image is, and the pods of others.</summary>
internal sealed class KubernetesNode : IAsyncDisposable
{
    private readonly PrivateDirectory _directory = new("kubernetes");
    private readonly Dictionary<string, string> _sandboxes = [];
    private ContainerdServer? _containerd;
    private CriEngine? _cri;

    private KubernetesNode()
    {
    }

    public static async Task<KubernetesNode> StartAsync()
    {
        var node = new KubernetesNode();
        try
        {
            string network = node._directory.File("network");
            await PodNetwork.ConfigureAsync(network);
            node._containerd = await ContainerdServer.StartForPodsAsync(CriEngine.PauseImage, network);
            node._cri = await CriEngine.StartAsync(node._containerd);
            await node._cri.ImportAsync(await AgentImage.ArchiveAsync(node._directory), Manifests.ReadDaemonSet().Spec.Template.Spec.Containers.Single().Image);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another node, as to the directories that pods mount: nothing has been injected yet.</summary>
    public Kubelet NewKubelet() => new(_cri!, _directory.File(Identifier.Next()));

    /// <summary>A pod with a container that stays.</summary>
    public async Task<LiveContainer> StartPodAsync(string kubernetesNamespace)
    {
        const string Name = "shop";
        var pod = new PodTruth(kubernetesNamespace, $"pod-{Guid.NewGuid():N}", Guid.NewGuid().ToString());
        PodSandboxConfig description = CriEngine.DescribePod(pod.Namespace, pod.Name, pod.Uid, NamespaceMode.Container);
        string sandbox = await _cri!.RunPodAsync(description);
        string id = await _cri.CreateAsync(sandbox, description, new ContainerMetadata { Name = Name }, ContainerSpec.Lasting);
        _sandboxes.Add(id, sandbox);
        await _cri.StartAsync(id);
        return new LiveContainer("containerd", id, await _cri.PidAsync(id), _containerd!.BundleOf(CriEngine.ContainerdNamespace, id))
        {
            RuntimeNamespace = CriEngine.ContainerdNamespace,
            Name = Name,
            Image = BusyboxImage.Name,
            Pod = pod,
        };
    }

    /// <summary>With its pod.</summary>
    public async Task RemoveAsync(LiveContainer container)
    {
        if (_sandboxes.Remove(container.Id, out string? sandbox))
            await _cri!.RemovePodAsync(sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string sandbox in _sandboxes.Values)
            await _cri!.RemovePodAsync(sandbox);
        if (_cri is not null)
            await _cri.DisposeAsync();
        if (_containerd is not null)
            await _containerd.DisposeAsync();
        await _directory.DisposeAsync();
    }
}
