using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>The kernel's list as a test wants it; every process on it lives.</summary>
internal sealed class FakeKernelTasks : IKernelTasks, INode
{
    private readonly Dictionary<int, KernelTask> _tasks = [];
    private readonly HashSet<CgroupKey> _cgroups = [];

    public HashSet<int> IsGone { get; } = [];

    public HashSet<ProcessIdentity> Lives { get; } = [];

    public IReadOnlyList<FoundContainer> Found { get; set; } = [];

    public IKernelTasks Tasks => this;

    public ProcessIdentity? Identify(int pid)
    {
        if (IsGone.Contains(pid))
            return null;
        if (Lives.FirstOrDefault(process => process.Pid == pid) is { Pid: > 0 } process)
            return process;
        return ProcessFiles.Identify(pid) ?? (_tasks.TryGetValue(pid, out KernelTask task) ? ProcessIdentity.FromBootTime(pid, task.StartTime) : null);
    }

    public IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots) => Found;

    public List<RunningRuntime> Runtimes { get; } = [];

    public IEnumerable<RunningRuntime> FindRuntimes() => Runtimes;

    public IEnumerable<int> ForksOf(int pid) => Forks.Where(fork => fork.Parent == pid).Select(static fork => fork.Pid);

    public List<(int Parent, int Pid)> Forks { get; } = [];

    public IReadOnlyDictionary<int, KernelTask> Read() => _tasks.ToDictionary();

    public void Forget(int pid) => _tasks.Remove(pid);

    public KernelTask Follow(int pid, in KernelTask task)
    {
        if (!_tasks.TryGetValue(pid, out KernelTask known) || (task.IsEntrypoint && !known.IsEntrypoint))
            _tasks[pid] = known = task;
        return known;
    }

    public void Follow(CgroupKey cgroup) => _cgroups.Add(cgroup);

    public bool IsFollowed(CgroupKey cgroup) => _cgroups.Contains(cgroup);

    public void Remove(CgroupKey cgroup) => _cgroups.Remove(cgroup);

    public void Add(int pid, InvocationKey invocation, TaskRoles roles)
        => _tasks[pid] = new KernelTask
        {
            InvocationTime = invocation.Time,
            RuntimePid = invocation.Pid,
            Roles = roles,
            StartTime = TrackerHarness.StartOf(pid),
        };
}
