namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>
/// The kernel programs' own list of what they follow. It holds also where records were lost: an exit strikes a process off, whether the ring had
/// room to tell of it or not.
/// </summary>
internal interface IKernelTasks
{
    /// <summary>Every process that is followed, by its number.</summary>
    IReadOnlyDictionary<int, KernelTask> Read();

    /// <summary>From now on this process is followed, as what <paramref name="task"/> says, unless it is already: then only an entrypoint's process replaces a runtime's.</summary>
    /// <returns>As what it is followed.</returns>
    KernelTask Follow(int pid, in KernelTask task);

    /// <summary>Strikes off a process that has gone without the programs being run for it.</summary>
    void Forget(int pid);

    /// <summary>From now on the removal of this cgroup is told.</summary>
    void Follow(CgroupKey cgroup);

    bool IsFollowed(CgroupKey cgroup);
}
