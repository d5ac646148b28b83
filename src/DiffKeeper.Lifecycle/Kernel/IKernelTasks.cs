namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>
/// The kernel programs' own list of what they follow. It is exact also where records were lost: an exit strikes a process off, whether the ring
/// had room to tell of it or not.
/// </summary>
internal interface IKernelTasks
{
    /// <summary>Every process that is followed, by its number.</summary>
    IReadOnlyDictionary<int, KernelTask> Read();

    /// <summary>From now on this process is followed, unless it is already.</summary>
    void Follow(int pid, in KernelTask task);

    /// <summary>From now on the removal of this cgroup is told.</summary>
    void Follow(CgroupKey cgroup);

    bool IsFollowed(CgroupKey cgroup);
}
