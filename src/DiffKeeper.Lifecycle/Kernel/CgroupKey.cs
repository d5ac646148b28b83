using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>One cgroup (<c>struct cgroup_key</c> in native/bpf/lifecycle.h). A path that is made anew is another cgroup with another ID.</summary>
/// <param name="Id">Unique within the hierarchy: in cgroup v2 the inode number of its directory (Linux 5.5 and later). 0 stands for no cgroup.</param>
/// <param name="Hierarchy">0 for cgroup v2.</param>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly record struct CgroupKey(ulong Id, int Hierarchy);
