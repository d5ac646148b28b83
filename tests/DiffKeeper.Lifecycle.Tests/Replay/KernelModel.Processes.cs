using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Replay;

// The processes as the recording shows them. It leaves forks out: who is seen first was forked by whoever is his parent then.
internal sealed partial class KernelModel
{
    private TracedProcess See(TraceLine line)
    {
        TracedProcess parent = SeeParent(line);
        if (!_processes.TryGetValue(line.Pid, out TracedProcess? process))
            _processes[line.Pid] = process = Fork(parent);
        process.NamespaceLevel = line.NamespaceLevel;
        process.Cgroups = line.Cgroups.Over(process.Cgroups);
        return process;
    }

    private TracedProcess SeeParent(TraceLine line)
    {
        TracedProcess parent = SeeFork(line.ParentPid, line.ParentName);
        parent.Cgroups = line.ParentCgroups.Over(parent.Cgroups);
        return parent;
    }

    /// <summary>
    /// Who bears an OCI runtime's name without having executed it was forked by one: <c>crun run -d</c> goes on in the fork of a fork.
    /// </summary>
    private TracedProcess SeeFork(int pid, string name)
    {
        if (!_processes.TryGetValue(pid, out TracedProcess? process))
            _processes[pid] = process = Fork(_lastRuntimes.GetValueOrDefault(name) ?? new TracedProcess());
        return process;
    }

    private TracedProcess Fork(TracedProcess parent) => parent.Roles.HasFlag(TaskRoles.Runtime)
        ? parent with { StartTime = _time, LeaderExitStatus = null, Roles = TaskRoles.Runtime }
        : new TracedProcess { StartTime = _time, Cgroups = parent.Cgroups };
}
