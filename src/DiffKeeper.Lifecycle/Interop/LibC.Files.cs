using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static partial class LibC
{
    internal const int OpenReadOnly = 0; // O_RDONLY
    internal const int OpenNonBlocking = 0x800; // O_NONBLOCK: the same on x64 and arm64
    internal const int OpenCloseOnExec = 0x80000; // O_CLOEXEC

    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "read")]
    internal static partial nint Read(SafeFileHandle descriptor, Span<byte> buffer, nuint count);
}
