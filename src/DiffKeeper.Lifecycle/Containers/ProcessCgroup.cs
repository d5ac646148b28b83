using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The cgroup that a process is in.</summary>
/// <param name="Key">As the kernel names it; the default where it can't be found.</param>
/// <param name="Path">Below the root of its hierarchy.</param>
internal readonly record struct ProcessCgroup(CgroupKey Key, string Path);
