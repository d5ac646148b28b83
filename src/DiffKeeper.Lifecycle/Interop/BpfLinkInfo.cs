using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary><c>struct bpf_link_info</c> (linux/bpf.h), of which the beginning is the same for every type.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct BpfLinkInfo
{
    [FieldOffset(4)]
    public uint LinkId;

    [FieldOffset(8)]
    public uint ProgramId;
}
