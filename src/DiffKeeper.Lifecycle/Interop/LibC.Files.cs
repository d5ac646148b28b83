using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static partial class LibC
{
    internal const int OpenDirectoryCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    internal const int OpenNonBlockingCloseOnExec = 0x80800; // O_RDONLY | O_NONBLOCK | O_CLOEXEC
    internal const int LockExclusiveNonBlocking = 2 | 4; // LOCK_EX | LOCK_NB
    internal const int WouldBlockError = 11; // EWOULDBLOCK

    private const int ExecutePermission = 1; // X_OK
    private const int EffectiveAccess = 0x200; // AT_EACCESS

    /// <summary>Whether this process could execute the file, its mount's <c>noexec</c> included.</summary>
    public static bool MayExecute(string path) => FileAccessAt(CurrentDirectory, path, ExecutePermission, EffectiveAccess) == 0;

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    /// <summary>As <see cref="Open"/>, for a file that is read and closed where it's opened, and needs no object for that.</summary>
    /// <param name="path">UTF-8, ended by a NUL.</param>
    /// <param name="flags">O_….</param>
    [LibraryImport(Library, EntryPoint = "open")]
    internal static partial int OpenFile(ReadOnlySpan<byte> path, int flags);

    [LibraryImport(Library, EntryPoint = "read")]
    internal static partial nint ReadFile(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int CloseFile(int descriptor);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int FileLock(SafeFileHandle descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "faccessat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileAccessAt(int directory, string path, int mode, int flags);
}
