using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static partial class LibC
{
    internal const int OpenDirectoryCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    internal const int LockExclusiveNonBlocking = 2 | 4; // LOCK_EX | LOCK_NB
    internal const int WouldBlockError = 11; // EWOULDBLOCK

    private const int FileExists = 0; // F_OK
    private const int ExecutePermission = 1; // X_OK
    private const int EffectiveAccess = 0x200; // AT_EACCESS

    /// <param name="path">UTF-8, ended by a NUL.</param>
    public static bool Exists(ReadOnlySpan<byte> path) => FileAccess(path, FileExists) == 0;

    /// <summary>Whether this process could execute the file, its mount's <c>noexec</c> included.</summary>
    public static bool MayExecute(string path) => FileAccessAt(CurrentDirectory, path, ExecutePermission, EffectiveAccess) == 0;

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int FileLock(SafeFileHandle descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "access")]
    private static partial int FileAccess(ReadOnlySpan<byte> path, int mode);

    [LibraryImport(Library, EntryPoint = "faccessat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileAccessAt(int directory, string path, int mode, int flags);
}
