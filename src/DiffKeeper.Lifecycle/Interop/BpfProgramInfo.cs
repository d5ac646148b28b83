using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary><c>struct bpf_prog_info</c> (linux/bpf.h): the kernel fills what it knows of it and leaves the rest as it was.</summary>
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal struct BpfProgramInfo
{
    /// <summary>How often the program was skipped, because it or another one was already running on that processor (Linux 5.12).</summary>
    [FieldOffset(208)]
    public ulong RecursionMisses;
}
