using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tests.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>
/// What native/bpf/lifecycle.bpf.c would have told where a recording was made: a second writing of its rule, to check the state machine with.
/// </summary>
/// <param name="host">The node's own root directory and mount namespace, which the recordings leave out: every OCI runtime is given them.</param>
/// <param name="submit">Takes the header of every record, and the texts behind it.</param>
internal sealed partial class KernelModel(RecordHeader host, Action<RecordHeader, string[]> submit)
{
    // The tracker looks at /proc for a runtime's process: none of this machine may have its number (PID_MAX_LIMIT is 4,194,304).
    public const int PidOffset = 100_000_000;

    // Longer than the 10 ms that /proc counts a process's start in. The recordings' own times begin anew in every section.
    private const ulong Step = 20_000_000;

    private static readonly string[] Runtimes = ["runc", "crun"];

    private readonly Dictionary<int, TracedProcess> _processes = [];
    private readonly Dictionary<string, TracedProcess> _lastRuntimes = [];
    private readonly HashSet<CgroupKey> _cgroups = [];
    private ulong _time;

    public void Handle(TraceLine line)
    {
        _time += Step;
        switch (line.Kind)
        {
            case TraceLineKind.CgroupRemoved:
                OnCgroupRemoved(line.RemovedCgroup);
                break;
            case TraceLineKind.CgroupEntered:
                TracedProcess entering = SeeFork(line.Pid, line.Name);
                entering.Cgroups = line.Cgroups.Over(entering.Cgroups);
                break;
            case TraceLineKind.Exec:
                OnExec(line, See(line));
                break;
            case TraceLineKind.LeaderExit:
                See(line).LeaderExitStatus = line.ExitStatus;
                break;
            case TraceLineKind.Exit:
                OnExit(line, See(line));
                break;
            case TraceLineKind.Sight:
                See(line);
                break;
        }
    }

    private void OnExec(TraceLine line, TracedProcess process)
    {
        bool isRuntime = Runtimes.Contains(line.Name);
        if (process.Roles.HasFlag(TaskRoles.Runtime))
        {
            if (IsReexecution(line, process, isRuntime))
                return;

            process.Roles &= ~TaskRoles.Runtime;
            TracedProcess parent = _processes[line.ParentPid];
            bool entered = process.Cgroups != parent.Cgroups || process.NamespaceLevel > parent.NamespaceLevel;
            if (entered && !process.Roles.HasFlag(TaskRoles.Entrypoint))
            {
                process.Roles |= TaskRoles.Entrypoint;
                CgroupKey cgroup = OwnCgroup(process.Cgroups, parent.Cgroups);
                _cgroups.Add(cgroup);
                submit(Describe(RecordKind.Entrypoint, line, process) with { CgroupId = cgroup.Id, CgroupHierarchy = cgroup.Hierarchy }, NamesOf(line.CgroupPath));
            }
        }

        if (isRuntime)
        {
            process.Invocation = new InvocationKey(_time, line.Pid + PidOffset);
            process.Argv0 = line.Argv[0];
            process.Roles |= TaskRoles.Runtime;
            _lastRuntimes[line.Name] = process;
            submit(Describe(RecordKind.RuntimeExec, line, process), line.Argv);
        }
    }

    /// <summary>Of a cgroup and of all above it, the innermost first.</summary>
    private static string[] NamesOf(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()];

    private static bool IsReexecution(TraceLine line, TracedProcess process, bool isRuntime)
    {
        bool isSameProgram = line.Argv[0] == process.Argv0;
        return process.Invocation.Pid == line.Pid + PidOffset
            ? isSameProgram || isRuntime
            : isSameProgram && line.Argv is [_, "init", ..];
    }

    private static CgroupKey OwnCgroup(TracedCgroups own, TracedCgroups parents)
    {
        if (own.Unified is { } unified && unified != parents.Unified)
            return new CgroupKey(unified, TracedCgroups.UnifiedHierarchy);
        return own.Memory is { } memory && memory != parents.Memory ? new CgroupKey(memory, TracedCgroups.MemoryHierarchy) : default;
    }

    private void OnExit(TraceLine line, TracedProcess process)
    {
        _processes.Remove(line.Pid);
        int status = line.IsGroupExit ? line.ExitStatus : process.LeaderExitStatus ?? line.ExitStatus;
        if (process.Roles.HasFlag(TaskRoles.Entrypoint))
            Exit(RecordKind.EntrypointExit);
        if (!process.Roles.HasFlag(TaskRoles.Runtime))
            return;
        if (process.Invocation.Pid == line.Pid + PidOffset)
            Exit(RecordKind.RuntimeExit);
        else if (IsOrphan(process))
            Exit(RecordKind.InitExit);

        void Exit(RecordKind kind)
        {
            RecordHeader header = Describe(kind, line, process) with { ExitStatus = status };
            if (line.OomKilled)
                header.Flags |= RecordFlags.OomKilled;
            submit(header, []);
        }
    }

    private void OnCgroupRemoved(CgroupKey cgroup)
    {
        if (_cgroups.Remove(cgroup))
            submit(new RecordHeader { Kind = RecordKind.CgroupRemoved, Time = _time, CgroupId = cgroup.Id, CgroupHierarchy = cgroup.Hierarchy }, []);
    }

    private bool IsOrphan(TracedProcess process)
        => !_processes.TryGetValue(process.Invocation.Pid - PidOffset, out TracedProcess? runtime)
            || runtime.Roles == TaskRoles.None
            || runtime.Invocation != process.Invocation;

    private RecordHeader Describe(RecordKind kind, TraceLine line, TracedProcess process) => host with
    {
        Kind = kind,
        Flags = RecordFlags.InitialUserNamespace | (line.NamespaceLevel == 0 ? RecordFlags.InitialPidNamespace : RecordFlags.None),
        Pid = line.Pid + PidOffset,
        Time = _time,
        StartTime = process.StartTime,
        InvocationTime = process.Invocation.Time,
        ParentPid = line.ParentPid + PidOffset,
        NamespacePid = line.NamespacePid,
        Uid = line.Uid,
        RuntimePid = process.Invocation.Pid,
        Name = RecordBuilder.Comm(line.Name),
        ParentName = RecordBuilder.Comm(line.ParentName),
    };
}
