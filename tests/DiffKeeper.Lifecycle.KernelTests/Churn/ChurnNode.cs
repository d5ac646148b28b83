using System.Collections.Concurrent;
using System.Formats.Tar;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>A node with every engine there is, as one would not want to run it: one containerd serves Docker, ctr and Kubernetes.</summary>
internal sealed class ChurnNode : IAsyncDisposable
{
    private const string CtrNamespace = "diffkeeper-churn";

    private readonly PrivateDirectory _directory = new("churn");
    private readonly List<string> _directories = [];
    private readonly Dictionary<ChurnEngineKind, IChurnEngine> _engines = [];
    private readonly Stack<IAsyncDisposable> _started = new();
    private PodChurn? _pods;

    private ChurnNode()
    {
    }

    /// <summary>Where the bundles of this node's containers are, and no others.</summary>
    public IReadOnlyCollection<string> Directories => _directories;

    public static async Task<ChurnNode> StartAsync()
    {
        var node = new ChurnNode();
        try
        {
            await node.StartEnginesAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Works the tasks off, so many at a time.</summary>
    public async Task<IReadOnlyCollection<ContainerTruth>> RunAsync(IEnumerable<ChurnTask> tasks, int parallel, CancellationToken cancellationToken)
    {
        ConcurrentBag<ContainerTruth> truth = [];
        await Parallel.ForEachAsync(tasks, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, async (task, _) =>
        {
            foreach (ContainerTruth container in await RunAsync(task))
                truth.Add(container);
        });
        return truth;
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out IAsyncDisposable? started))
            await started.DisposeAsync();
        await _directory.DisposeAsync();
    }

    private async Task<IReadOnlyList<ContainerTruth>> RunAsync(ChurnTask task) => task.Engine == ChurnEngineKind.Cri
        ? await _pods!.PlayAsync(task.Namespace, task.Containers, task.SharesPidNamespace ? NamespaceMode.Pod : NamespaceMode.Container)
        : [await ContainerChurn.PlayAsync(_engines[task.Engine], task.Containers[0])];

    private async Task StartEnginesAsync()
    {
        ContainerdServer containerd = Keep(await ContainerdServer.StartWithKubernetesAsync(CriEngine.PauseImage));
        _directories.Add(containerd.Path);
        _pods = new PodChurn(Keep(await CriEngine.StartAsync(containerd)));

        Keep(await ContainerdEngine.StartAsync(containerd, CtrNamespace));
        _engines[ChurnEngineKind.Ctr] = new CtrContainers(containerd.Socket, CtrNamespace);

        DockerEngine docker = Keep(await DockerEngine.StartAsync(containerd));
        _engines[ChurnEngineKind.Docker] = new DockerContainers(docker.Socket);

        _engines[ChurnEngineKind.PodmanRunc] = await StartPodmanAsync("runc");
        _engines[ChurnEngineKind.PodmanCrun] = await StartPodmanAsync("crun");
        _engines[ChurnEngineKind.CrioRunc] = await StartCrioAsync("runc");
        _engines[ChurnEngineKind.CrioCrun] = await StartCrioAsync("crun");
        await StartBareRuntimesAsync();
    }

    private async Task<PodmanContainers> StartPodmanAsync(string ociRuntime)
    {
        PodmanEngine podman = Keep(await PodmanEngine.StartAsync(ociRuntime));
        _directories.Add(podman.Path);
        return new PodmanContainers(podman);
    }

    private async Task<CrioContainers> StartCrioAsync(string ociRuntime)
    {
        CrioEngine crio = Keep(await CrioEngine.StartAsync(ociRuntime));
        _directories.Add(crio.Path);
        return new CrioContainers(crio);
    }

    private async Task StartBareRuntimesAsync()
    {
        string rootFileSystem = Directory.CreateDirectory(_directory.File("rootfs")).FullName;
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), rootFileSystem, overwriteFiles: false);
        await SharedEngines.PrepareForCrunAsync();
        _directories.Add(_directory.Path);
        _engines[ChurnEngineKind.Runc] = new BareContainers("runc", _directory.Path, rootFileSystem);
        _engines[ChurnEngineKind.Crun] = new BareContainers("crun", _directory.Path, rootFileSystem);
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }
}
