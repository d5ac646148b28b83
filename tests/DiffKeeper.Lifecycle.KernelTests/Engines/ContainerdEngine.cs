using System.Collections.Concurrent;
using System.Globalization;
using CliWrap.Buffered;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>containerd as <c>ctr</c> drives it, in one of its namespaces.</summary>
internal sealed class ContainerdEngine : IContainerEngine
{
    private readonly ContainerdServer _server;
    private readonly PrivateDirectory _directory = new("ctr");
    private readonly ConcurrentDictionary<string, bool> _containers = new();
    private readonly string _namespace;
    private readonly bool _cgroupParentWasThere;

    private ContainerdEngine(ContainerdServer server, string containerdNamespace)
    {
        _server = server;
        _namespace = containerdNamespace;
        _cgroupParentWasThere = Cgroups.Exist(containerdNamespace);
    }

    public string Runtime => "containerd";

    public string OciRuntime => "runc";

    public string Output => _server.Output;

    public static async Task<ContainerdEngine> StartAsync(ContainerdServer server, string containerdNamespace)
    {
        var engine = new ContainerdEngine(server, containerdNamespace);
        try
        {
            await BusyboxImage.WriteAsync(engine._directory.File("image.tar"));
            await engine.CtrAsync("images", "import", "--snapshotter", "native", engine._directory.File("image.tar"));
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
        string id = NextId();
        BufferedCommandResult result = await TryCtrAsync(["run", "--rm", .. Options(spec), BusyboxImage.Name, id, .. spec.Command]);
        _containers.TryRemove(id, out _);
        return new FinishedContainer(id, result.ExitCode, result.StandardOutput + result.StandardError);
    }

    public async Task<string> StartAsync(ContainerSpec spec)
    {
        string id = NextId();
        await CtrAsync(["run", "--detach", "--null-io", .. Options(spec), BusyboxImage.Name, id, .. spec.Command]);
        return id;
    }

    public async Task<int> InitPidAsync(string id)
    {
        string tasks = await CtrAsync("tasks", "ls");
        string[] row = tasks.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Single(row => row[0] == id);
        return int.Parse(row[1], CultureInfo.InvariantCulture);
    }

    public Task SignalAsync(string id, int signal) =>
        CtrAsync("tasks", "kill", "--signal", signal.ToString(CultureInfo.InvariantCulture), id);

    public Task ExecAsync(string id, params IReadOnlyList<string> command) => CtrAsync(["tasks", "exec", "--exec-id", Identifier.Next(), id, .. command]);

    public string BundleOf(string id) => _server.BundleOf(_namespace, id);

    public async Task RemoveAsync(string id)
    {
        await TryCtrAsync("tasks", "rm", "--force", id);
        await TryCtrAsync("containers", "rm", id);
        await Cgroups.RemoveAsync(id);
        _containers.TryRemove(id, out _);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _containers.Keys)
            await RemoveAsync(id);
        await _directory.DisposeAsync();

        // The machine's own containers may be in a namespace of this name: only what is empty and was not there goes.
        if (!_cgroupParentWasThere)
            Cgroups.RemoveEmpty(_namespace);
        RemoveEmptyRuncRoot();
    }

    private string NextId()
    {
        string id = Identifier.Next();
        _containers[id] = true;
        return id;
    }

    /// <summary>The native snapshotter copies: overlayfs would not work where the tests themselves run on one.</summary>
    private static List<string> Options(ContainerSpec spec)
    {
        List<string> options = ["--snapshotter", "native"];
        if (spec.MemoryLimit is { } limit)
            options.AddRange(["--memory-limit", limit.ToString(CultureInfo.InvariantCulture)]);

        foreach ((string key, string value) in spec.Annotations)
            options.AddRange(["--annotation", $"{key}={value}"]);

        return options;
    }

    /// <summary>The shim keeps runc's state there, whatever containerd's own state directory is.</summary>
    private void RemoveEmptyRuncRoot()
    {
        string root = Path.Combine("/run/containerd/runc", _namespace);
        if (Directory.Exists(root) && !Directory.EnumerateFileSystemEntries(root).Any())
            Directory.Delete(root);
    }

    private Task<string> CtrAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync("ctr", Arguments(arguments));

    private Task<BufferedCommandResult> TryCtrAsync(params IReadOnlyList<string> arguments) => Tool.TryAsync("ctr", Arguments(arguments));

    private List<string> Arguments(IReadOnlyList<string> arguments) => ["--address", _server.Socket, "--namespace", _namespace, .. arguments];
}
