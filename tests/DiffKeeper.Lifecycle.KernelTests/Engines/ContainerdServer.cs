namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A containerd with a root, a state and a socket of its own: the machine's is never touched.</summary>
internal sealed class ContainerdServer : IAsyncDisposable
{
    /// <summary>
    /// Where containerd's state is elsewhere, its shims are the first to need this directory, and they make it with this mode (shim.NewSocket,
    /// github.com/containerd/containerd/runtime/v2/shim). The machine's own is left as it is.
    /// </summary>
    private const string PrepareNode = "mkdir -p /run/containerd && mount -t tmpfs -o mode=0600 tmpfs /run/containerd";

    private readonly PrivateDirectory _directory = new("containerd");
    private readonly string _plugins;
    private readonly bool _isPodNode;
    private Daemon? _daemon;

    private ContainerdServer(string plugins, bool isPodNode)
    {
        _plugins = plugins;
        _isPodNode = isPodNode;
    }

    public string Path => _directory.Path;

    public string Socket => _directory.File("containerd.sock");

    public string Output => _daemon?.Output ?? "";

    private string State => _directory.File("state");

    public static Task<ContainerdServer> StartAsync() => StartAsync("""disabled_plugins = ["io.containerd.grpc.v1.cri"]""");

    /// <summary>With its Kubernetes service, which here may not lower OOM scores: that takes a privilege that root need not have.</summary>
    public static Task<ContainerdServer> StartWithKubernetesAsync(string pauseImage) => StartAsync(DescribeKubernetes(pauseImage));

    /// <summary>
    /// As <see cref="StartWithKubernetesAsync"/>, for pods that have networks of their own and the node's mounts, which are then shared as systemd shares them.
    /// </summary>
    /// <param name="pauseImage">What a pod's sandbox executes.</param>
    /// <param name="network">Where the networks' configuration is.</param>
    public static Task<ContainerdServer> StartForPodsAsync(string pauseImage, string network) => StartAsync($"""
        {DescribeKubernetes(pauseImage)}

        {PodNetwork.Describe(network)}
        """, isPodNode: true);

    /// <summary>Mounts a file where its containers will look for it.</summary>
    public Task BindAsync(string source, string target) => Tool.RunAsync("nsenter", $"--mount=/proc/{_daemon!.Pid}/ns/mnt", "mount", "--bind", source, target);

    public string BundleOf(string containerdNamespace, string id) => $"{State}/io.containerd.runtime.v2.task/{containerdNamespace}/{id}";

    /// <summary>Containers go on meanwhile: their shims need no containerd.</summary>
    public async Task RestartAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();

        await StartDaemonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();

        await _directory.DisposeAsync();
    }

    private static string DescribeKubernetes(string pauseImage) => $"""
        [plugins."io.containerd.grpc.v1.cri"]
        restrict_oom_score_adj = true
        sandbox_image = "{pauseImage}"

        [plugins."io.containerd.grpc.v1.cri".containerd]
        snapshotter = "native"
        """;

    private static async Task<ContainerdServer> StartAsync(string plugins, bool isPodNode = false)
    {
        var server = new ContainerdServer(plugins, isPodNode);
        try
        {
            await server.StartDaemonAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task StartDaemonAsync()
    {
        string configuration = _directory.File("config.toml");
        await File.WriteAllTextAsync(configuration, $"""
            version = 2
            root = "{_directory.File("root")}"
            state = "{State}"
            {_plugins}

            [grpc]
            address = "{Socket}"

            [ttrpc]
            address = "{Socket}.ttrpc"
            """);
        _daemon = _isPodNode
            ? new Daemon("unshare", "--mount", "--propagation", "shared", "sh", "-c", $"{PrepareNode} && exec containerd --config {configuration}")
            : new Daemon("containerd", "--config", configuration);
        await _daemon.WaitUntilAsync(async () => (await Tool.TryAsync("ctr", "--address", Socket, "version")).ExitCode == 0);
    }
}
