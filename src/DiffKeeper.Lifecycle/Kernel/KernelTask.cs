using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What the kernel programs know of a process that they follow: <c>struct task</c> in native/bpf/lifecycle.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelTask
{
    private const int Argv0Bytes = 128;
    private const ulong FnvPrime = 0x100000001b3;

    public ulong InvocationTime;
    public ulong Argv0Hash;

    /// <summary>When a process that came through an entrypoint began, in nanoseconds of CLOCK_BOOTTIME.</summary>
    public ulong StartTime;

    /// <summary>Of the OCI runtime's root directory.</summary>
    public ulong RootInode;

    public int RuntimePid;
    public TaskRoles Roles;

    /// <summary>The device of the OCI runtime's root directory, as the kernel numbers it.</summary>
    public uint RootDevice;

    public uint Unused;

    /// <summary>The first bytes of an argv[0] as the kernel programs hash them, 128 with the NUL (<c>hash_argv0</c> in native/bpf/lifecycle.bpf.c).</summary>
    public static ulong HashArgv0(ReadOnlySpan<byte> argv)
    {
        Span<byte> words = stackalloc byte[Argv0Bytes];
        words.Clear();
        int end = argv.IndexOf((byte)0);
        ReadOnlySpan<byte> name = end < 0 ? argv : argv[..end];
        name[..Math.Min(name.Length, Argv0Bytes - 1)].CopyTo(words);
        ulong hash = 0;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(words))
            hash = unchecked((hash ^ word) * FnvPrime);
        return hash;
    }

    public readonly InvocationKey Invocation => new(InvocationTime, RuntimePid);

    public readonly bool IsEntrypoint => Roles.HasFlag(TaskRoles.Entrypoint);
}
