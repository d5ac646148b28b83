using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

internal sealed unsafe partial class LifecycleProgram
{
    private const ulong IfAbsent = 1; // BPF_NOEXIST
    private const ulong IfPresent = 2; // BPF_EXIST

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
            ThrowIfFailed(Put(pid, value), "follow a container's process");
        return task;
    }

    /// <inheritdoc/>
    public void Forget(int pid)
    {
        if (LibBpf.DeleteElement(_tasksMap, &pid) == 0)
            _filter->Discount(pid);
    }

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

    /// <summary>As track() in native/bpf/lifecycle.bpf.c.</summary>
    private int Put(int pid, KernelTask* task)
    {
        if (LibBpf.UpdateElement(_tasksMap, &pid, task, IfPresent) == 0)
            return 0;

        _filter->Count(pid);
        int result = LibBpf.UpdateElement(_tasksMap, &pid, task, IfAbsent);
        if (result == 0)
            return 0;

        _filter->Discount(pid);
        // Else the kernel was faster, and has counted it.
        return Marshal.GetLastPInvokeError() == LibC.ExistsError ? LibBpf.UpdateElement(_tasksMap, &pid, task, IfPresent) : result;
    }
}
