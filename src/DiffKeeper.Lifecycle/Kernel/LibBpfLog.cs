using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Collects what libbpf prints on this thread while it loads programs, the verifier's words included.</summary>
internal sealed unsafe class LibBpfLog : IDisposable
{
    private const int MaxLineBytes = 8 * 1024;
    private const int MaxCharacters = 256 * 1024;

    /// <summary>libbpf_print_level: 0 is a warning, 1 information, 2 debugging.</summary>
    private const int WarnLevel = 0;

    [ThreadStatic]
    private static StringBuilder? _current;

    private LibBpfLog() => _current = new StringBuilder();

    /// <summary>Begins to collect. libbpf has one print function a process, so this one stays; other threads' lines go nowhere.</summary>
    public static LibBpfLog Begin()
    {
        LibBpf.SetPrint(&Print);
        return new LibBpfLog();
    }

    public override string ToString() => _current?.ToString() ?? "";

    public void Dispose() => _current = null;

    [UnmanagedCallersOnly]
    private static int Print(int level, byte* format, nint arguments)
    {
        if (level != WarnLevel || _current is not { } log || log.Length > MaxCharacters)
            return 0;

        Span<byte> line = stackalloc byte[MaxLineBytes];
        int length = LibC.Format((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(line)), (nuint)line.Length, format, arguments);
        log.Append(Encoding.UTF8.GetString(line[..Math.Clamp(length, 0, line.Length - 1)]));
        return 0;
    }
}
