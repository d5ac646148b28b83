using System.Globalization;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A dockerd with directories and a socket of its own, on the tests' containerd.</summary>
internal sealed class DockerEngine : IContainerEngine
{
    private const string CgroupParent = "docker";
    private readonly bool _cgroupParentWasThere = Cgroups.Exist(CgroupParent);
    private readonly PrivateDirectory _directory = new("docker");
    private readonly ContainerdServer _containerd;
    private Daemon? _daemon;

    private DockerEngine(ContainerdServer containerd) => _containerd = containerd;

    public string Runtime => "dockerd";

    public string OciRuntime => "runc";

    public string Output => _daemon?.Output ?? "";

    public string Socket => $"unix://{_directory.File("docker.sock")}";

    public static async Task<DockerEngine> StartAsync(ContainerdServer containerd)
    {
        var engine = new DockerEngine(containerd);
        try
        {
            await engine.StartDaemonAsync();
            await BusyboxImage.WriteAsync(engine._directory.File("image.tar"));
            await engine.DockerAsync("load", "--input", engine._directory.File("image.tar"));
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Networks and firewall rules are left alone: they are the machine's, not the tests'. vfs works on any file system.</summary>
    private async Task StartDaemonAsync()
    {
        _daemon = new Daemon(
            "dockerd",
            "--host", Socket,
            "--containerd", _containerd.Socket,
            "--data-root", _directory.File("data"),
            "--exec-root", _directory.File("exec"),
            "--pidfile", _directory.File("docker.pid"),
            "--storage-driver", "vfs",
            "--live-restore",
            "--bridge", "none",
            "--iptables=false",
            "--ip6tables=false",
            "--ip-forward=false",
            "--ip-masq=false");
        await _daemon.WaitUntilAsync(async () => (await Tool.TryAsync("docker", "--host", Socket, "version")).ExitCode == 0);
    }

    public async Task<FinishedContainer> RunAsync(ContainerSpec spec)
    {
        string idFile = _directory.File(Identifier.Next());
        var result = await Tool.TryAsync(
            "docker", ["--host", Socket, "run", "--rm", "--cidfile", idFile, .. Options(spec), BusyboxImage.Name, .. spec.Command]);
        string output = result.StandardOutput + result.StandardError;
        return File.Exists(idFile)
            ? new FinishedContainer(await File.ReadAllTextAsync(idFile), result.ExitCode, output)
            : throw new InvalidOperationException($"docker made no container: {output}");
    }

    public Task<string> StartAsync(ContainerSpec spec) =>
        DockerAsync(["run", "--detach", .. Options(spec), BusyboxImage.Name, .. spec.Command]);

    public async Task<int> InitPidAsync(string id) =>
        int.Parse(await DockerAsync("inspect", "--format", "{{.State.Pid}}", id), CultureInfo.InvariantCulture);

    public Task SignalAsync(string id, int signal) =>
        DockerAsync("kill", "--signal", signal.ToString(CultureInfo.InvariantCulture), id);

    public Task ExecAsync(string id, params IReadOnlyList<string> command) => DockerAsync(["exec", id, .. command]);

    public string BundleOf(string id) => _containerd.BundleOf("moby", id);

    /// <summary>Containers go on meanwhile, as <c>--live-restore</c> asks for.</summary>
    public async Task RestartAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();

        await StartDaemonAsync();
    }

    public Task RemoveAsync(string id) => DockerAsync("rm", "--force", id);

    /// <summary>Any of the client's commands; returns its output.</summary>
    public Task<string> DockerAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync("docker", ["--host", Socket, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        string[] left = await ContainersAsync();
        if (left.Length > 0)
            await Tool.TryAsync("docker", ["--host", Socket, "rm", "--force", .. left]);

        if (_daemon is not null)
            await _daemon.DisposeAsync();

        foreach (string id in left)
            await Cgroups.RemoveAsync(id);

        if (!_cgroupParentWasThere)
            Cgroups.RemoveEmpty(CgroupParent);

        await _directory.DisposeAsync();
    }

    private async Task<string[]> ContainersAsync()
    {
        var result = await Tool.TryAsync("docker", "--host", Socket, "ps", "--all", "--quiet", "--no-trunc");
        return result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static List<string> Options(ContainerSpec spec)
    {
        List<string> options = ["--network", "none"];
        if (spec.Name is { } name)
            options.AddRange(["--name", name]);

        if (spec.MemoryLimit is { } limit)
        {
            string bytes = limit.ToString(CultureInfo.InvariantCulture);
            options.AddRange(["--memory", bytes, "--memory-swap", bytes]);
        }

        if (spec.HostPidNamespace)
            options.AddRange(["--pid", "host"]);

        return options;
    }
}
