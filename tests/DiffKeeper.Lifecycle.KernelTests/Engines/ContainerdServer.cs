namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A containerd with a root, a state and a socket of its own: the machine's is never touched.</summary>
internal sealed class ContainerdServer : IAsyncDisposable
{
    private readonly PrivateDirectory _directory = new("containerd");
    private Daemon? _daemon;

    public string Path => _directory.Path;

    public string Socket => _directory.File("containerd.sock");

    public string Output => _daemon?.Output ?? "";

    public static Task<ContainerdServer> StartAsync() => StartAsync("""disabled_plugins = ["io.containerd.grpc.v1.cri"]""");

    /// <summary>
    /// With its Kubernetes service. OOM scores need not be lowered, which takes a privilege that root need not have, and no network is set up.
    /// </summary>
    public static Task<ContainerdServer> StartWithKubernetesAsync(string pauseImage) => StartAsync($"""
        [plugins."io.containerd.grpc.v1.cri"]
        restrict_oom_score_adj = true
        sandbox_image = "{pauseImage}"

        [plugins."io.containerd.grpc.v1.cri".containerd]
        snapshotter = "native"
        """);

    private static async Task<ContainerdServer> StartAsync(string plugins)
    {
        var server = new ContainerdServer();
        try
        {
            await server.StartDaemonAsync(plugins);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task StartDaemonAsync(string plugins)
    {
        string configuration = _directory.File("config.toml");
        await File.WriteAllTextAsync(configuration, $"""
            version = 2
            root = "{_directory.File("root")}"
            state = "{_directory.File("state")}"
            {plugins}

            [grpc]
            address = "{Socket}"

            [ttrpc]
            address = "{Socket}.ttrpc"
            """);
        _daemon = new Daemon("containerd", "--config", configuration);
        await _daemon.WaitUntilAsync(async () => (await Tool.TryAsync("ctr", "--address", Socket, "version")).ExitCode == 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();

        await _directory.DisposeAsync();
    }
}
