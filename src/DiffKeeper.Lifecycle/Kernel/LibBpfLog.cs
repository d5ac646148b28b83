using System.Runtime.InteropServices;
using System.Text;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Collects what libbpf prints on this thread while it loads programs, the verifier's words included.</summary>
internal sealed unsafe class LibBpfLog : IDisposable
{
    /// <summary>libbpf prints all that the verifier has said as one line: BPF_LOG_BUF_SIZE (16 MiB) in libbpf.c, and a sentence around it.</summary>
    private const int MaxLineBytes = (16 << 20) + 4096;

    /// <summary>Of each line, its end: there the verifier says why.</summary>
    private const int KeptBytes = 16 * 1024;

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
        if (level != WarnLevel || _current is not { } log)
            return 0;

        byte* line = (byte*)NativeMemory.Alloc(MaxLineBytes);
        int length = Math.Clamp(LibC.Format(line, MaxLineBytes, format, arguments), 0, MaxLineBytes - 1);
        int kept = Math.Min(length, KeptBytes);
        log.Append(Encoding.UTF8.GetString(line + length - kept, kept));
        NativeMemory.Free(line);
        return 0;
    }
}
