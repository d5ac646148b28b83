namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A containerd with a root, a state and a socket of its own: the machine's is never touched.</summary>
internal sealed class ContainerdServer : IAsyncDisposable
{
    private readonly PrivateDirectory _directory = new("containerd");
    private readonly string _plugins;
    private Daemon? _daemon;

    private ContainerdServer(string plugins) => _plugins = plugins;

    public string Path => _directory.Path;

    public string Socket => _directory.File("containerd.sock");

    public string Output => _daemon?.Output ?? "";

    private string State => _directory.File("state");

    public static Task<ContainerdServer> StartAsync() => StartAsync("""disabled_plugins = ["io.containerd.grpc.v1.cri"]""");

    /// <summary>With its Kubernetes service, which here may not lower OOM scores: that takes a privilege that root need not have.</summary>
    /// <param name="pauseImage">What a pod's sandbox executes.</param>
    /// <param name="network">Where the configuration of the pods' own networks is, where they are to have any.</param>
    public static Task<ContainerdServer> StartWithKubernetesAsync(string pauseImage, string? network = null) => StartAsync($"""
        [plugins."io.containerd.grpc.v1.cri"]
        restrict_oom_score_adj = true
        sandbox_image = "{pauseImage}"

        [plugins."io.containerd.grpc.v1.cri".containerd]
        snapshotter = "native"

        {(network is null ? "" : PodNetwork.Describe(network))}
        """);

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

    private static async Task<ContainerdServer> StartAsync(string plugins)
    {
        var server = new ContainerdServer(plugins);
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
        _daemon = new Daemon("containerd", "--config", configuration);
        await _daemon.WaitUntilAsync(async () => (await Tool.TryAsync("ctr", "--address", Socket, "version")).ExitCode == 0);
    }
}
