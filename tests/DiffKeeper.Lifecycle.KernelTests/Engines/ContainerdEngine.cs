using System.Globalization;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>containerd as <c>ctr</c> drives it, in a containerd namespace of its own.</summary>
internal sealed class ContainerdEngine : IContainerEngine
{
    private readonly ContainerdServer _server;
    private readonly PrivateDirectory _directory = new("ctr");
    private readonly string _namespace = Identifier.Next();

    private ContainerdEngine(ContainerdServer server) => _server = server;

    public string Runtime => "containerd";

    public string OciRuntime => "runc";

    public string Output => _server.Output;

    public static async Task<ContainerdEngine> StartAsync(ContainerdServer server)
    {
        var engine = new ContainerdEngine(server);
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
        string id = Identifier.Next();
        var result = await Tool.TryAsync("ctr", Arguments(["run", "--rm", .. Options(spec), BusyboxImage.Name, id, .. spec.Command]));
        return new FinishedContainer(id, result.ExitCode, result.StandardOutput + result.StandardError);
    }

    public async Task<string> StartAsync(ContainerSpec spec)
    {
        string id = Identifier.Next();
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

    public async Task RemoveAsync(string id)
    {
        await TryCtrAsync("tasks", "rm", "--force", id);
        await TryCtrAsync("containers", "rm", id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in (await TryCtrAsync("containers", "ls", "--quiet")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await RemoveAsync(id);
        }

        await Cgroups.RemoveAsync(_namespace);
        await _directory.DisposeAsync();
        RemoveRuncRoot();
    }

    /// <summary>The native snapshotter copies: overlayfs would not work where the tests themselves run on one.</summary>
    private static List<string> Options(ContainerSpec spec)
    {
        List<string> options = ["--snapshotter", "native"];
        if (spec.MemoryLimit is { } limit)
            options.AddRange(["--memory-limit", limit.ToString(CultureInfo.InvariantCulture)]);

        foreach ((string key, string value) in spec.Annotations)
        {
            options.AddRange(["--annotation", $"{key}={value}"]);
        }

        return options;
    }

    /// <summary>The shim keeps runc's state there, whatever containerd's own state directory is.</summary>
    private void RemoveRuncRoot()
    {
        string root = Path.Combine("/run/containerd/runc", _namespace);
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
    }

    private Task<string> CtrAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync("ctr", Arguments(arguments));

    private async Task<string> TryCtrAsync(params IReadOnlyList<string> arguments) =>
        (await Tool.TryAsync("ctr", Arguments(arguments))).StandardOutput;

    private List<string> Arguments(IReadOnlyList<string> arguments) => ["--address", _server.Socket, "--namespace", _namespace, .. arguments];
}
