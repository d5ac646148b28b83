namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>The capabilities that matter here, by their bit (linux/capability.h).</summary>
internal enum Capability
{
    DacOverride = 1,
    DacReadSearch = 2,
    SysPtrace = 19,

    /// <summary>Stands for <see cref="Bpf"/> and <see cref="Perfmon"/>, as it did before Linux 5.8 split them off.</summary>
    SysAdmin = 21,
    SysResource = 24,
    Perfmon = 38,
    Bpf = 39,
}
