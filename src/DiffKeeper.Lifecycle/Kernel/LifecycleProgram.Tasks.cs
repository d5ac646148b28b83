using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

internal sealed unsafe partial class LifecycleProgram
{
    /// <summary>BPF_NOEXIST: what the kernel's own programs have put there is truer.</summary>
    private const ulong UnlessPresent = 1;

    private const int FileExists = 17; // EEXIST

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
    public void Follow(int pid, in KernelTask task)
    {
        fixed (KernelTask* value = &task)
            Insert(_tasksMap, &pid, value, "follow a container's process");
    }

    /// <inheritdoc/>
    public void Follow(CgroupKey cgroup)
    {
        byte present = 1;
        Insert(_cgroupsMap, &cgroup, &present, "follow a container's cgroup");
    }

    /// <inheritdoc/>
    public bool IsFollowed(CgroupKey cgroup)
    {
        byte present;
        return LibBpf.LookupElement(_cgroupsMap, &cgroup, &present) == 0;
    }

    private static void Insert(int map, void* key, void* value, string action)
    {
        int result = LibBpf.UpdateElement(map, key, value, UnlessPresent);
        ThrowIfFailed(result != 0 && Marshal.GetLastPInvokeError() == FileExists ? 0 : result, action);
    }
}
