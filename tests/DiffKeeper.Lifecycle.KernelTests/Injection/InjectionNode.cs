using DiffKeeper.Lifecycle.KernelTests.Churn;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;

namespace DiffKeeper.Lifecycle.KernelTests.Injection;

/// <summary>A node with Docker, ctr, Podman and Kubernetes' interface, whose containers stay until the node goes.</summary>
internal sealed class InjectionNode : IAsyncDisposable
{
    private const string CtrNamespace = "diffkeeper-injection";

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<string> _pods = [];
    private ContainerdServer _containerd = null!;
    private ContainerdEngine _ctr = null!;
    private DockerEngine _docker = null!;
    private PodmanEngine _podman = null!;
    private CriEngine _cri = null!;

    private InjectionNode()
    {
    }

    public static async Task<InjectionNode> StartAsync()
    {
        var node = new InjectionNode();
        try
        {
            node._containerd = node.Keep(await ContainerdServer.StartWithKubernetesAsync(CriEngine.PauseImage));
            node._cri = node.Keep(await CriEngine.StartAsync(node._containerd));
            node._ctr = node.Keep(await ContainerdEngine.StartAsync(node._containerd, CtrNamespace));
            node._docker = node.Keep(await DockerEngine.StartAsync(node._containerd));
            node._podman = node.Keep(await PodmanEngine.StartAsync("runc"));
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async Task<LiveContainer> StartDockerAsync()
    {
        string name = Identifier.Next();
        return await StartAsync(_docker, "dockerd", name) with { RuntimeNamespace = "moby", Name = name, Image = BusyboxImage.Name };
    }

    public async Task<LiveContainer> StartCtrAsync() => await StartAsync(_ctr, "containerd", name: null) with { RuntimeNamespace = CtrNamespace };

    public async Task<LiveContainer> StartPodmanAsync()
    {
        string name = Identifier.Next();
        return await StartAsync(_podman, "podman", name) with { Name = name, Image = BusyboxImage.Name };
    }

    public async Task<IReadOnlyList<LiveContainer>> StartPodAsync(string kubernetesNamespace, int containers)
    {
        var pod = new PodTruth(kubernetesNamespace, $"pod-{Guid.NewGuid():N}", Guid.NewGuid().ToString());
        PodSandboxConfig description = CriEngine.DescribePod(pod.Namespace, pod.Name, pod.Uid, NamespaceMode.Container);
        string sandbox = await _cri.RunPodAsync(description);
        lock (_pods)
            _pods.Add(sandbox);

        List<LiveContainer> started = [];
        while (started.Count < containers)
        {
            string name = $"container-{started.Count}";
            string id = await _cri.CreateAsync(sandbox, description, new ContainerMetadata { Name = name }, ContainerSpec.Lasting);
            await _cri.StartAsync(id);
            started.Add(new LiveContainer("containerd", id, await _cri.PidAsync(id), _containerd.BundleOf(CriEngine.ContainerdNamespace, id))
            {
                RuntimeNamespace = CriEngine.ContainerdNamespace,
                Name = name,
                Image = BusyboxImage.Name,
                Pod = pod,
            });
        }

        return started;
    }

    /// <summary>Docker's; its removal is told of as any.</summary>
    public Task RemoveDockerAsync(LiveContainer container) => _docker.RemoveAsync(container.Id);

    public async ValueTask DisposeAsync()
    {
        foreach (string pod in _pods)
            await _cri.RemovePodAsync(pod);
        while (_started.TryPop(out IAsyncDisposable? started))
            await started.DisposeAsync();
    }

    private static async Task<LiveContainer> StartAsync(IContainerEngine engine, string runtime, string? name)
    {
        string id = await engine.StartAsync(ContainerSpec.Lasting with { Name = name });
        return new LiveContainer(runtime, id, await engine.InitPidAsync(id), engine.BundleOf(id));
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }
}
