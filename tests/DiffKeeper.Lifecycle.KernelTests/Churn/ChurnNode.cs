using System.Collections.Concurrent;
using System.Formats.Tar;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>A node with every engine there is, as one would not want to run it: one containerd serves Docker, ctr and Kubernetes.</summary>
internal sealed class ChurnNode : IAsyncDisposable
{
    private const string CtrNamespace = "diffkeeper-churn";

    private readonly PrivateDirectory _directory = new("churn");
    private readonly Dictionary<ChurnEngineKind, IChurnEngine> _engines = [];
    private readonly Stack<IAsyncDisposable> _started = new();
    private ContainerdServer? _containerd;
    private PodChurn? _pods;

    private ChurnNode()
    {
    }

    /// <summary>Where the bundles of this node's containers are, and no others.</summary>
    public IReadOnlyCollection<string> Directories => [_directory.Path, _containerd!.Path];

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
        ? await _pods!.PlayAsync(task.Containers)
        : [await ContainerChurn.PlayAsync(_engines[task.Engine], task.Containers[0])];

    private async Task StartEnginesAsync()
    {
        _containerd = Keep(await ContainerdServer.StartWithKubernetesAsync(CriEngine.PauseImage));
        Keep(await ContainerdEngine.StartAsync(_containerd, CtrNamespace));
        DockerEngine docker = Keep(await DockerEngine.StartAsync(_containerd));
        _pods = new PodChurn(Keep(await CriEngine.StartAsync(_containerd)));
        _engines[ChurnEngineKind.Ctr] = new CtrContainers(_containerd.Socket, CtrNamespace);
        _engines[ChurnEngineKind.Docker] = new DockerContainers(docker.Socket);
        await StartBareRuntimesAsync();
    }

    private async Task StartBareRuntimesAsync()
    {
        string rootFileSystem = Directory.CreateDirectory(_directory.File("rootfs")).FullName;
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), rootFileSystem, overwriteFiles: false);
        _engines[ChurnEngineKind.Runc] = new BareContainers("runc", _directory.Path, rootFileSystem);
        _engines[ChurnEngineKind.Crun] = new BareContainers("crun", _directory.Path, rootFileSystem);

        // It makes the machine's cgroups such that crun takes them.
        await SharedEngines.CrunAsync();
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }
}
