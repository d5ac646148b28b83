using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary>The C library's functions that .NET has no name for, each signature once.</summary>
internal static partial class LibC
{
    internal const int InterruptedError = 4; // EINTR
    internal const int ExistsError = 17; // EEXIST
    internal const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial SafeFileHandle FileControl(SafeHandle descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SafeFileHandle descriptor, in ulong buffer, nuint count);

    /// <summary>What the last call of this thread said: errno and its text.</summary>
    internal static Win32Exception LastError() => new(Marshal.GetLastPInvokeError());
}
