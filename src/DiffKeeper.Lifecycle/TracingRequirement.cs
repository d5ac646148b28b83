namespace DiffKeeper.Lifecycle;

/// <summary>Something that tracing needs of the machine, of the process, or of what was deployed with it.</summary>
public enum TracingRequirement
{
    /// <summary>Linux on x64 or arm64.</summary>
    Platform = 1,

    /// <summary>Linux 5.8 or later.</summary>
    Kernel = 2,

    /// <summary>The initial user namespace: capabilities of any other one are worth nothing to BPF.</summary>
    UserNamespace = 3,

    /// <summary><c>CAP_BPF</c>: to load the programs. <c>CAP_SYS_ADMIN</c> stands for it.</summary>
    CapBpf = 4,

    /// <summary><c>CAP_PERFMON</c>: for programs that read the kernel's memory. <c>CAP_SYS_ADMIN</c> stands for it.</summary>
    CapPerfmon = 5,

    /// <summary>The kernel's own type information (BTF).</summary>
    Btf = 6,

    /// <summary>A <c>/proc</c> that shows the node's processes under their own numbers: the host's pid namespace.</summary>
    PidNamespace = 7,

    /// <summary><c>libdiffkeeper_bpf.so</c> for this processor and C library.</summary>
    NativeLibrary = 8,

    /// <summary>BPF ring buffers, of the size that was asked for.</summary>
    RingBuffer = 9,

    /// <summary>That the kernel takes the programs, which is tried.</summary>
    Programs = 10,

    /// <summary><c>CAP_SYS_RESOURCE</c>: before Linux 5.11, to lock as much memory as the ring and the maps take.</summary>
    CapSysResource = 11,

    /// <summary><c>CAP_DAC_READ_SEARCH</c>: to read the bundles and state files that engines keep to root.</summary>
    CapDacReadSearch = 12,

    /// <summary><c>CAP_SYS_PTRACE</c>: to follow the links to other processes' roots, directories and namespaces in <c>/proc</c>.</summary>
    CapSysPtrace = 13,

    /// <summary>The node's file system, where engines keep bundles and state.</summary>
    HostRoot = 14,

    /// <summary>A cgroup hierarchy that is mounted whole.</summary>
    Cgroups = 15,

    /// <summary>An OCI runtime that is known by its name.</summary>
    OciRuntimes = 16,

    /// <summary>The injector's program, and that nobody else can change it.</summary>
    InjectorFile = 17,
}
