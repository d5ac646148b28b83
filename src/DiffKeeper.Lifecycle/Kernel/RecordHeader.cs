using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What every record begins with: <c>struct record</c> in native/bpf/lifecycle.h, field by field.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RecordHeader
{
    public RecordKind Kind;
    public RecordFlags Flags;

    /// <summary>Bytes of text behind the header, its NULs included.</summary>
    public ushort TextLength;

    /// <summary>The thread group, in the initial pid namespace.</summary>
    public int Pid;

    /// <summary>Nanoseconds of CLOCK_BOOTTIME.</summary>
    public ulong Time;

    /// <summary>When the process began, in nanoseconds of CLOCK_BOOTTIME.</summary>
    public ulong StartTime;

    /// <summary>When the OCI runtime was executed that this process comes from; with <see cref="RuntimePid"/> it names one invocation.</summary>
    public ulong InvocationTime;

    /// <summary>The container's own cgroup, 0 where it has none; or the one that was removed.</summary>
    public ulong CgroupId;

    public int ParentPid;

    /// <summary>In the innermost pid namespace.</summary>
    public int NamespacePid;

    /// <summary>Inode number.</summary>
    public uint MountNamespace;

    /// <summary>In the initial user namespace.</summary>
    public uint Uid;

    /// <summary>As wait(2) gives it.</summary>
    public int ExitStatus;

    /// <summary>The process that executed the OCI runtime.</summary>
    public int RuntimePid;

    /// <summary>Of the process's root directory.</summary>
    public ulong RootInode;

    /// <summary>Of <see cref="CgroupId"/>: 0 for cgroup v2.</summary>
    public int CgroupHierarchy;

    /// <summary>The device of the process's root directory as the kernel numbers it: <c>major &lt;&lt; 20 | minor</c>.</summary>
    public uint RootDevice;

    public Comm Name;
    public Comm ParentName;

    public readonly InvocationKey Invocation => new(InvocationTime, RuntimePid);

    public readonly CgroupKey Cgroup => new(CgroupId, CgroupHierarchy);

    public readonly RootDirectory Root => new(RootDevice, RootInode);

    /// <summary>A task's name: up to 15 bytes and a NUL (TASK_COMM_LEN).</summary>
    [InlineArray(16)]
    public struct Comm
    {
        private byte _first;

        [UnscopedRef]
        public readonly ReadOnlySpan<byte> Text
        {
            get
            {
                ReadOnlySpan<byte> bytes = this;
                int length = bytes.IndexOf((byte)0);
                return length < 0 ? bytes : bytes[..length];
            }
        }
    }
}
