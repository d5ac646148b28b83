using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary>The system's libbpf, which a comparison is made with; the product has one of its own.</summary>
internal static unsafe partial class BpfNative
{
    private const string Library = "libbpf.so.1";

    [LibraryImport(Library, EntryPoint = "bpf_prog_get_next_id", SetLastError = true)]
    public static partial int NextProgram(uint id, out uint next);

    [LibraryImport(Library, EntryPoint = "bpf_prog_get_fd_by_id", SetLastError = true)]
    public static partial int OpenProgram(uint id);

    [LibraryImport(Library, EntryPoint = "bpf_map_get_fd_by_id", SetLastError = true)]
    public static partial int OpenMap(uint id);

    [LibraryImport(Library, EntryPoint = "bpf_prog_test_run_opts", SetLastError = true)]
    public static partial int TestRun(int program, ref BpfTestRunOptions options);

    [LibraryImport(Library, EntryPoint = "bpf_enable_stats", SetLastError = true)]
    public static partial int EnableStatistics(int kind);

    [LibraryImport(Library, EntryPoint = "ring_buffer__new", SetLastError = true)]
    public static partial nint NewRingBuffer(int map, delegate* unmanaged[Cdecl]<void*, void*, nuint, int> sample, void* context, void* options);

    [LibraryImport(Library, EntryPoint = "ring_buffer__consume")]
    public static partial int Consume(nint ringBuffer);
}
