using System.Text;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// Finds the containers that are there: by the engines' monitors (conmon, containerd's shims), whose processes name the directories, and by the state
/// that OCI runtimes keep of every container.
/// </summary>
internal sealed class NodeScanner(HostFiles files, bool includeRootless)
{
    private const string Conmon = "conmon";

    // comm is cut to 15 characters.
    private const string ShimPrefix = "containerd-shim";

    private const string TaskDirectory = "/io.containerd.runtime.v2.task";
    private const string ContainerdState = "/run/containerd";
    private const string ContainerdRuntimeRoot = "/run/containerd/runc";
    private const string DockerRuntimeRoot = "/run/docker/runtime-runc";

    /// <summary>Where OCI runtimes keep their state unless they are told otherwise.</summary>
    private static readonly string[] DefaultRuntimeRoots = ["/run/runc", "/run/crun"];

    /// <param name="processes">The names of all processes.</param>
    /// <param name="runtimeRoots">Further directories in which OCI runtimes keep their state.</param>
    public IEnumerable<FoundContainer> Scan(IEnumerable<KeyValuePair<int, string>> processes, IEnumerable<string> runtimeRoots)
    {
        List<int> conmons = [];
        HashSet<string> taskDirectories = [ContainerdState + TaskDirectory];
        foreach ((int pid, string name) in processes)
        {
            if (name == Conmon && IsTrusted(pid))
                conmons.Add(pid);
            else if (name.StartsWith(ShimPrefix, StringComparison.Ordinal) && IsTrusted(pid) && TaskDirectoryOf(pid) is { } tasks)
                taskDirectories.Add(tasks);
        }

        IEnumerable<StateDirectory> roots = DefaultRuntimeRoots
            .Concat(NamespacesIn(ContainerdRuntimeRoot))
            .Concat(NamespacesIn(DockerRuntimeRoot))
            .Concat(runtimeRoots)
            .Distinct()
            .Select(static root => new StateDirectory(root));

        // The monitors first: they know more. Who was found is not looked up again, which is most of the state there is on a node with containerd.
        List<FoundContainer> monitored = [.. conmons.Select(FromConmon).Concat(taskDirectories.SelectMany(FromTasks)).OfType<FoundContainer>()];
        HashSet<ContainerKey> known = [.. monitored.Select(static container => container.Key)];
        return monitored
            .Concat(roots.SelectMany(root => FromState(root, known)).OfType<FoundContainer>())
            .DistinctBy(static container => container.Init.Pid);
    }

    /// <summary>OCI runtimes that run now, those inside containers aside.</summary>
    /// <param name="processes">The names of all processes.</param>
    /// <param name="names">The names of the executables.</param>
    public static IEnumerable<RunningRuntime> FindRuntimes(IEnumerable<KeyValuePair<int, string>> processes, IReadOnlySet<string> names)
    {
        var runtimes = processes
            .Where(process => names.Contains(process.Value))
            .Select(static process => RunningRuntime.Read(process.Key))
            .OfType<RunningRuntime>()
            .ToDictionary(static runtime => runtime.Process.Pid);

        // Not what one of them has forked and has not executed anything yet: that still looks like its parent.
        return runtimes.Values.Where(runtime =>
            !runtimes.TryGetValue(runtime.Record.ParentPid, out RunningRuntime? parent) || !parent.Argv.AsSpan().SequenceEqual(runtime.Argv));
    }

    private bool IsTrusted(int pid) => includeRootless || LibC.Owner($"/proc/{pid}") == 0;

    private IEnumerable<string> NamespacesIn(string root) => files.DirectoriesIn(root).Select(name => $"{root}/{name}");

    /// <summary>A shim works in the bundle of its (first) container: STATE/io.containerd.runtime.v2.task/NAMESPACE/ID.</summary>
    private static string? TaskDirectoryOf(int shimPid)
    {
        string? bundle = ProcessFiles.WorkingDirectory(shimPid);
        int at = bundle?.LastIndexOf(TaskDirectory + '/', StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : bundle![..(at + TaskDirectory.Length)];
    }

    private FoundContainer? FromConmon(int conmonPid)
        => ProcessFiles.ParseCommandLine(conmonPid, argv =>
        {
            var command = ConmonCommandLine.Parse(argv);
            if (command.IsExec || ContainerId.ToStringOrNull(command.ContainerId) is not { } id || ReadPid(Text(command.ContainerPidFile)) is not { } pid)
                return null;

            string runtime = Path.GetFileName(Text(command.Runtime));
            return Find(new RuntimeArguments(runtime, Text(command.RuntimeRoot), Text(command.Bundle), id), pid, Conmon, conmonPid);
        });

    private IEnumerable<FoundContainer?> FromTasks(string directory)
    {
        foreach (string @namespace in files.DirectoriesIn(directory))
        {
            foreach (string id in files.DirectoriesIn($"{directory}/{@namespace}"))
            {
                string bundle = $"{directory}/{@namespace}/{id}";
                if (id.StartsWith('.') || ReadPid($"{bundle}/init.pid") is not { } pid)
                    continue;

                TaskOptions options = files.Parse($"{bundle}/options.json", DocumentLimits.MaxBytes, TaskOptions.Read) ?? TaskOptions.None;
                string root = $"{options.Root ?? ContainerdRuntimeRoot}/{@namespace}";
                yield return Find(new RuntimeArguments(options.Runtime ?? "runc", root, bundle, id), pid, ShimPrefix, monitorPid: 0);
            }
        }
    }

    private IEnumerable<FoundContainer?> FromState(StateDirectory directory, HashSet<ContainerKey> known)
    {
        foreach (string id in files.DirectoriesIn(directory.Path))
        {
            if (!known.Contains(new ContainerKey(directory.Path, id)) && directory.Read(files, id) is ({ } runtime, { } state))
                yield return Find(new RuntimeArguments(runtime, directory.ExplicitRoot, state.Bundle, id), state.Pid, monitor: "", monitorPid: 0);
        }
    }

    /// <param name="arguments">How the OCI runtime was executed to create the container.</param>
    /// <param name="pid">Its init process, if that still lives.</param>
    /// <param name="monitor">The comm of the process that executed the OCI runtime.</param>
    /// <param name="monitorPid">That process.</param>
    private FoundContainer? Find(RuntimeArguments arguments, int pid, string monitor, int monitorPid)
    {
        if (ProcessFiles.Identify(pid) is not { } init)
            return null;

        byte[] argv = arguments.ToArgv();
        var command = RuntimeCommandLine.Parse(argv);
        if (ContainerId.ToStringOrNull(command.ContainerId) is not { } id)
            return null;

        string root = RuntimeRoot.Of(in command);
        ProcessCgroup? cgroup = ProcessFiles.CgroupOf(pid);
        return new FoundContainer
        {
            Key = new ContainerKey(root, id),
            Init = init,
            // Both runc and crun hold the init process at this pipe until `start`, and remove it then.
            HasStarted = () => !files.Exists($"{root}/{id}/exec.fifo"),
            Cgroup = cgroup?.Key ?? default,
            CgroupPath = cgroup?.Path,
            Argv = argv,
            Monitor = monitor,
            MonitorPid = monitorPid,
        };
    }

    private int? ReadPid(string path)
        => files.Parse(path, maxBytes: 64, static text => System.Buffers.Text.Utf8Parser.TryParse(text, out int pid, out _) && pid > 0 ? pid : (int?)null);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
