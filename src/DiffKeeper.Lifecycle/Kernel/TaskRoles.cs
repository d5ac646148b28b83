namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Why a process is followed (<c>enum task_role</c> in native/bpf/lifecycle.h).</summary>
[Flags]
internal enum TaskRoles : uint
{
    None = 0,

    /// <summary>An OCI runtime's process, or what it forked and has not executed anything else.</summary>
    Runtime = 1 << 0,

    /// <summary>A process that came into a container through an entrypoint.</summary>
    Entrypoint = 1 << 1,

    /// <summary>An OCI runtime of whose exec the ring had no room to tell.</summary>
    Untold = 1 << 2,
}
