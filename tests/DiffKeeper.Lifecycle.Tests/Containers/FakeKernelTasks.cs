using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>The kernel's list as a test wants it.</summary>
internal sealed class FakeKernelTasks : IKernelTasks
{
    private readonly Dictionary<int, KernelTask> _tasks = [];
    private readonly HashSet<CgroupKey> _cgroups = [];

    public IReadOnlyDictionary<int, KernelTask> Read() => _tasks;

    public void Follow(int pid, in KernelTask task) => _tasks.TryAdd(pid, task);

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
