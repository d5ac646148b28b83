using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CliWrap.Buffered;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>
/// What CRI-O 1.37 executes, step by step and with its arguments: Debian has no package of CRI-O itself. conmon has the OCI runtime create the
/// container, and everything else the engine has it do by itself.
/// </summary>
internal sealed class CrioEngine : IContainerEngine
{
    public const string CgroupParent = "kubepods";
    public const string ContainerName = "web";

    /// <summary>The exit code of what the OCI runtime refused.</summary>
    private const int Refused = 128;

    private readonly bool _cgroupParentWasThere = Cgroups.Exist(CgroupParent);
    private readonly PrivateDirectory _directory = new("crio");
    private readonly ConcurrentDictionary<string, CrioPod> _containers = new();
    private readonly ConcurrentDictionary<string, bool> _monitored = new();
    private CrioPod? _pod;

    private CrioEngine(string ociRuntime) => OciRuntime = ociRuntime;

    public string Runtime => "cri-o";

    public string OciRuntime { get; }

    public string? KubernetesNamespace => Pod.Namespace;

    /// <summary>Nothing of it lives longer than a command, and a command's failure tells its output.</summary>
    public string Output => "";

    public string Path => _directory.Path;

    /// <summary>The pod of those containers for which no other is named. It has no infra container.</summary>
    public CrioPod Pod => _pod!;

    private string Root => _directory.File($"run/{OciRuntime}");

    private string RootFileSystem => _directory.File("rootfs");

    private string ExitDirectory => _directory.File("exits");

    private string SocketDirectory => _directory.File("sockets");

    public static async Task<CrioEngine> StartAsync(string ociRuntime)
    {
        var engine = new CrioEngine(ociRuntime);
        try
        {
            foreach (string directory in (string[])[engine.RootFileSystem, engine.ExitDirectory, engine.SocketDirectory])
                Directory.CreateDirectory(directory);
            await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), engine.RootFileSystem, overwriteFiles: false);
            engine._pod = await engine.RunPodAsync(hasInfraContainer: false);
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

    /// <summary>Makes a pod. Without an infra container nothing is executed for its sandbox: there is only a bundle.</summary>
    public async Task<CrioPod> RunPodAsync(bool hasInfraContainer)
    {
        var pod = new CrioPod(NewId(), $"ns-{Guid.NewGuid():N}", $"pod-{Guid.NewGuid():N}", Guid.NewGuid().ToString());
        ContainerSpec spec = new("sleep", "1000000") { Annotations = CrioAnnotations.OfSandbox(pod, hasInfraContainer) };
        await WriteBundleAsync(pod, pod.SandboxId, spec);
        if (!hasInfraContainer)
            return pod;

        _containers[pod.SandboxId] = pod;
        int pid = await MonitorAsync(pod, pod.SandboxId, "POD");
        await StartCreatedAsync(pod.SandboxId);
        return pod with { InfraPid = pid };
    }

    public async Task<FinishedContainer> RunAsync(ContainerSpec spec)
    {
        string id = await MakeAsync(Pod, spec);
        BufferedCommandResult result = await RunMadeAsync(id);
        await RemoveAsync(id);
        return new FinishedContainer(id, result.ExitCode, result.StandardError);
    }

    public Task<string> StartAsync(ContainerSpec spec) => StartAsync(Pod, spec);

    public async Task<string> StartAsync(CrioPod pod, ContainerSpec spec)
    {
        string id = await MakeAsync(pod, spec);
        await CreateMadeAsync(id);
        await StartCreatedAsync(id);
        return id;
    }

    /// <summary>Writes the bundle and executes nothing yet.</summary>
    public async Task<string> MakeAsync(CrioPod pod, ContainerSpec spec)
    {
        string id = NewId();
        _containers[id] = pod;
        await WriteBundleAsync(pod, id, spec with { Annotations = CrioAnnotations.OfContainer(pod, id, ContainerName) });
        return id;
    }

    /// <summary>What the kubelet's CreateContainer comes to; returns the init process.</summary>
    public async Task<int> CreateMadeAsync(string id) => await MonitorAsync(_containers[id], id, ContainerName);

    /// <summary>What the kubelet's StartContainer comes to.</summary>
    public Task StartCreatedAsync(string id) => RuntimeAsync("start", id);

    /// <summary>Runs a container that was made to its end; the result has its exit code, or why the OCI runtime refused it.</summary>
    public Task<BufferedCommandResult> RunMadeAsync(string id) => TryAsync(async () =>
    {
        File.Delete(ExitFileOf(id));
        await CreateMadeAsync(id);
        await StartCreatedAsync(id);
        return await WaitAsync(id);
    });

    public async Task<int> InitPidAsync(string id) => await FindPidAsync(id) ?? throw new InvalidOperationException($"{OciRuntime} says that {id} doesn't run.");

    /// <summary>The init process as the OCI runtime names it; <see langword="null"/> where it doesn't say that the container runs.</summary>
    public async Task<int?> FindPidAsync(string id)
    {
        BufferedCommandResult result = await Tool.TryAsync(OciRuntime, "--root", Root, "state", id);
        if (result.ExitCode != 0)
            return null;

        JsonElement state = JsonElement.Parse(result.StandardOutput);
        return state.GetProperty("status").ValueEquals("running") ? state.GetProperty("pid").GetInt32() : null;
    }

    public Task SignalAsync(string id, int signal) => RuntimeAsync("kill", id, signal.ToString(CultureInfo.InvariantCulture));

    public async Task ExecAsync(string id, params IReadOnlyList<string> command)
    {
        BufferedCommandResult result = await TryExecAsync(id, command);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"'{string.Join(' ', command)}' exited with {result.ExitCode} in {id}: {result.StandardError}");
    }

    /// <summary>What the kubelet's ExecSync comes to; the result has the command's exit code, or why the OCI runtime refused it.</summary>
    public Task<BufferedCommandResult> TryExecAsync(string id, params IReadOnlyList<string> command)
    {
        string session = _directory.File(Identifier.Next());
        File.WriteAllBytes($"{session}.process", JsonSerializer.SerializeToUtf8Bytes(Bundle.DescribeProcess(command)));
        return TryAsync(() => Conmon.RunAsync(
            $"{session}.report", "exit_code", "-c", id, "-n", _containers[id].NameOf(ContainerName), "-r", Programs.Require(OciRuntime),
            "-p", $"{session}.pid", "-e", "-l", $"{session}.log", "--socket-dir-path", SocketDirectory, "--log-level", "info", "--sync",
            "--log-global-size-max", "16777216", "-T", "10", "--exec-process-spec", $"{session}.process", "--runtime-arg", $"--root={Root}"));
    }

    public string BundleOf(string id) => _directory.File($"run/storage/overlay-containers/{id}/userdata");

    public async Task RemoveAsync(string id)
    {
        await DeleteAsync(id);
        _containers.TryRemove(id, out _);
    }

    /// <summary>Has the OCI runtime remove what it created, if it created anything; the bundle stays.</summary>
    public async Task DeleteAsync(string id)
    {
        await Tool.TryAsync(OciRuntime, "--root", Root, "delete", "--force", id);
        if (_monitored.TryRemove(id, out _))
            await WaitAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _containers.Keys)
            await RemoveAsync(id);

        // The kubelet's part: the engine leaves the pods' own cgroups.
        if (!_cgroupParentWasThere)
            await Cgroups.RemoveAsync(CgroupParent);

        await _directory.DisposeAsync();
    }

    /// <summary>Has conmon create the container and stay beside it; returns the init process.</summary>
    private async Task<int> MonitorAsync(CrioPod pod, string id, string name)
    {
        string bundle = BundleOf(id);
        string persistent = Directory.CreateDirectory(_directory.File($"lib/storage/overlay-containers/{id}/userdata")).FullName;
        int pid = await Conmon.RunAsync(
            _directory.File($"{Identifier.Next()}.report"), "pid", "-b", bundle, "-c", id, "--exit-dir", ExitDirectory, "-l", _directory.File($"{id}.log"),
            "--log-level", "info", "-n", pod.NameOf(name), "-P", $"{bundle}/conmon-pidfile", "-p", $"{bundle}/pidfile", "--persist-dir", persistent,
            "-r", Programs.Require(OciRuntime), "--runtime-arg", $"--root={Root}", "--socket-dir-path", SocketDirectory, "--syslog", "-u", id);
        _monitored[id] = true;
        return pid;
    }

    /// <summary>Waits until conmon has said how the container ended; returns its exit code.</summary>
    private async Task<int> WaitAsync(string id)
    {
        bool ended = await Eventually.HoldsAsync(() => File.Exists(ExitFileOf(id)));
        return ended
            ? int.Parse(await File.ReadAllTextAsync(ExitFileOf(id)), CultureInfo.InvariantCulture)
            : throw new TimeoutException($"conmon has not said how {id} ended.");
    }

    private static async Task<BufferedCommandResult> TryAsync(Func<Task<int>> command)
    {
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        try
        {
            return new BufferedCommandResult(await command(), began, TimeProvider.System.GetUtcNow(), "", "");
        }
        catch (InvalidOperationException refusal)
        {
            return new BufferedCommandResult(Refused, began, TimeProvider.System.GetUtcNow(), "", refusal.Message);
        }
    }

    private string ExitFileOf(string id) => System.IO.Path.Combine(ExitDirectory, id);

    private Task WriteBundleAsync(CrioPod pod, string id, ContainerSpec spec) =>
        Bundle.WriteAsync(BundleOf(id), RootFileSystem, spec with { PidNamespaceOf = pod.InfraPid, CgroupPath = $"{pod.CgroupPath}/crio-{id}" });

    private Task RuntimeAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync(OciRuntime, ["--root", Root, .. arguments]);

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
