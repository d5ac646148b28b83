using System.Collections.Concurrent;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Podman with a configuration and directories of its own.</summary>
internal sealed class PodmanEngine : IContainerEngine
{
    private const string CgroupParent = "libpod_parent";
    private readonly bool _cgroupParentWasThere = Cgroups.Exist(CgroupParent);
    private readonly PrivateDirectory _directory = new("podman");
    private readonly ConcurrentDictionary<string, bool> _containers = new();

    private PodmanEngine(string ociRuntime) => OciRuntime = ociRuntime;

    public string Runtime => "podman";

    public string OciRuntime { get; }

    public string Path => _directory.Path;

    /// <summary>Nothing of it lives longer than a command, and a command's failure tells its output.</summary>
    public string Output => "";

    public static async Task<PodmanEngine> StartAsync(string ociRuntime)
    {
        var engine = new PodmanEngine(ociRuntime);
        try
        {
            await engine.ConfigureAsync();
            await BusyboxImage.WriteAsync(engine._directory.File("image.tar"));
            await engine.PodmanAsync("load", "--input", engine._directory.File("image.tar"));
            if (ociRuntime == "crun")
                await SharedEngines.PrepareForCrunAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async Task<FinishedContainer> RunAsync(ContainerSpec spec)
    {
        string idFile = _directory.File(Identifier.Next());
        BufferedCommandResult result = await Tool.TryAsync(
            Describe(["run", "--rm", "--cidfile", idFile, .. Options(spec), BusyboxImage.Name, .. spec.Command]));
        string output = result.StandardOutput + result.StandardError;
        return File.Exists(idFile)
            ? new FinishedContainer(await File.ReadAllTextAsync(idFile), result.ExitCode, output)
            : throw new InvalidOperationException($"podman made no container: {output}");
    }

    public Task<string> StartAsync(ContainerSpec spec) => StartAsync(spec, []);

    /// <param name="spec">The container.</param>
    /// <param name="options">Further options of <c>podman create</c>.</param>
    public async Task<string> StartAsync(ContainerSpec spec, params IReadOnlyList<string> options)
    {
        string id = await DefineAsync(spec, options);
        await PodmanAsync("start", id);
        return id;
    }

    /// <summary>Has the OCI runtime create the container, whose entrypoint then waits for <c>podman start</c>.</summary>
    public async Task<string> CreateAsync(ContainerSpec spec)
    {
        string id = await DefineAsync(spec, []);
        await PodmanAsync("init", id);
        return id;
    }

    public async Task<int> InitPidAsync(string id) =>
        int.Parse(await PodmanAsync("inspect", "--format", "{{.State.Pid}}", id), CultureInfo.InvariantCulture);

    public Task SignalAsync(string id, int signal) =>
        PodmanAsync("kill", "--signal", signal.ToString(CultureInfo.InvariantCulture), id);

    public Task ExecAsync(string id, params IReadOnlyList<string> command) => PodmanAsync(["exec", id, .. command]);

    public string BundleOf(string id) => _directory.File($"root/vfs-containers/{id}/userdata");

    public async Task RemoveAsync(string id)
    {
        await PodmanAsync("rm", "--force", "--time", "0", id);
        _containers.TryRemove(id, out _);
    }

    /// <summary>Any of its commands; returns its output.</summary>
    public Task<string> PodmanAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync(Describe(arguments));

    public Command Describe(params IReadOnlyList<string> arguments) =>
        Tool.Describe(
            "podman",
            [
                "--root", _directory.File("root"), "--runroot", _directory.File("run"), "--tmpdir", _directory.File("tmp"),
                "--storage-driver", "vfs", "--runtime", OciRuntime, .. arguments,
            ])
            .WithEnvironmentVariables(environment => environment
                .Set("PATH", Programs.SearchPath)
                .Set("CONTAINERS_CONF", _directory.File("containers.conf")));

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _containers.Keys)
            await RemoveAsync(id);

        if (!_cgroupParentWasThere)
            Cgroups.RemoveEmpty(CgroupParent);

        await _directory.DisposeAsync();
    }

    /// <summary>Limits are given, since podman's own are beyond what an unprivileged machine's root may set; no network is made.</summary>
    private Task ConfigureAsync() => File.WriteAllTextAsync(_directory.File("containers.conf"), """
        [containers]
        default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
        netns = "host"

        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        """);

    private async Task<string> DefineAsync(ContainerSpec spec, IReadOnlyList<string> options)
    {
        string id = await PodmanAsync(["create", .. options, .. Options(spec), BusyboxImage.Name, .. spec.Command]);
        _containers[id] = true;
        return id;
    }

    private static List<string> Options(ContainerSpec spec)
    {
        List<string> options = [];
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
