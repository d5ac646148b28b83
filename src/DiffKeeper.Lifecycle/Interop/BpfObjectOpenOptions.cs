using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary>The head of <c>struct bpf_object_open_opts</c> (libbpf.h): libbpf takes any prefix, as long as <see cref="Size"/> is its length.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BpfObjectOpenOptions
{
    public nuint Size;
    public byte* ObjectName;
}
