using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

internal sealed unsafe partial class LifecycleProgram
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<int, KernelTask> Read()
    {
        var tasks = new Dictionary<int, KernelTask>();
        int key, next;
        KernelTask task;
        // A key that was deleted in between starts the walk over: what comes twice is the same.
        for (bool any = LibBpf.NextKey(_tasksMap, null, &next) == 0; any; any = LibBpf.NextKey(_tasksMap, &key, &next) == 0)
        {
            key = next;
            if (LibBpf.LookupElement(_tasksMap, &key, &task) == 0)
                tasks[key] = task;
        }

        return tasks;
    }

    /// <inheritdoc/>
    public KernelTask Follow(int pid, in KernelTask task)
    {
        KernelTask known;
        bool isKnown = LibBpf.LookupElement(_tasksMap, &pid, &known) == 0;
        if (isKnown && (known.Roles.HasFlag(task.Roles) || !task.IsEntrypoint))
            return known;
        fixed (KernelTask* value = &task)
            ThrowIfFailed(LibBpf.UpdateElement(_tasksMap, &pid, value, 0), "follow a container's process");
        return task;
    }

    /// <inheritdoc/>
    public void Forget(int pid) => _ = LibBpf.DeleteElement(_tasksMap, &pid);

    /// <inheritdoc/>
    public void Follow(CgroupKey cgroup)
    {
        byte present = 1;
        ThrowIfFailed(LibBpf.UpdateElement(_cgroupsMap, &cgroup, &present, 0), "follow a container's cgroup");
    }

    /// <inheritdoc/>
    public bool IsFollowed(CgroupKey cgroup)
    {
        byte present;
        return LibBpf.LookupElement(_cgroupsMap, &cgroup, &present) == 0;
    }
}
