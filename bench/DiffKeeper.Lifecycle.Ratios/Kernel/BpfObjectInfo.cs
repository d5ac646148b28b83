using System.Runtime.InteropServices;
using System.Text;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary><c>struct bpf_prog_info</c> (linux/bpf.h), of which a map's has the same head: the kernel fills what it knows and leaves the rest.</summary>
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal unsafe struct BpfObjectInfo
{
    [FieldOffset(4)]
    public uint Id;

    /// <summary>Of a program: how long it ran, while statistics were on.</summary>
    [FieldOffset(192)]
    public ulong Nanoseconds;

    /// <summary>Of a program: how often.</summary>
    [FieldOffset(200)]
    public ulong Runs;

    [FieldOffset(64)]
    private fixed byte _name[16];

    /// <summary>Of a program: the function's name, cut to 15 characters.</summary>
    public readonly string Name
    {
        get
        {
            fixed (byte* name = _name)
                return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        }
    }

    public static BpfObjectInfo Read(int descriptor)
    {
        BpfObjectInfo info = default;
        uint size = (uint)sizeof(BpfObjectInfo);
        return LibBpf.GetInfo(descriptor, &info, ref size) == 0 ? info : throw LibC.LastError();
    }
}
