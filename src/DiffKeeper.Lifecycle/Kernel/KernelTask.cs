using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What the kernel programs know of a process that they follow: <c>struct task</c> in native/bpf/lifecycle.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelTask
{
    public ulong InvocationTime;
    public ulong Argv0Hash;

    /// <summary>When a process that came through an entrypoint began, in nanoseconds of CLOCK_BOOTTIME.</summary>
    public ulong StartTime;

    public int RuntimePid;
    public TaskRoles Roles;

    public readonly InvocationKey Invocation => new(InvocationTime, RuntimePid);

    public readonly bool IsEntrypoint => Roles.HasFlag(TaskRoles.Entrypoint);
}
