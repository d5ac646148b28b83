using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary>The head of <c>struct bpf_test_run_opts</c> (bpf.h); all that a raw tracepoint's program takes is left at 0.</summary>
[StructLayout(LayoutKind.Sequential, Size = 80)]
internal struct BpfTestRunOptions
{
    public nuint Size;
}
