using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

internal static unsafe partial class LibC
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint OwnershipMask = 0x1 | 0x2 | 0x8; // STATX_TYPE | STATX_MODE | STATX_UID
    private const uint OwnerMask = 0x8; // STATX_UID
    private const uint InodeMask = 0x100; // STATX_INO

    /// <summary>The inode number of a file; <see langword="null"/> where there is none or it may not be seen.</summary>
    public static ulong? Inode(string path)
    {
        FileStatus status;
        return FileStatusAt(CurrentDirectory, path, 0, InodeMask, &status) == 0 ? status.Inode : null;
    }

    /// <summary>The user whose file it is; <see langword="null"/> where there is none or it may not be seen.</summary>
    public static uint? Owner(string path)
    {
        FileStatus status;
        return FileStatusAt(CurrentDirectory, path, 0, OwnerMask, &status) == 0 ? status.Owner : null;
    }

    /// <summary>A file's own, and not that of what a link points at.</summary>
    /// <returns><see langword="null"/> where there is none or it may not be seen: the last error says which.</returns>
    public static FileOwnership? Ownership(string path)
    {
        FileStatus status;
        return FileStatusAt(CurrentDirectory, path, NoFollow, OwnershipMask, &status) == 0 ? new FileOwnership(status.Owner, status.Mode) : null;
    }

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileStatusAt(int directory, string path, int flags, uint mask, FileStatus* status);

    /// <summary><c>struct statx</c> (linux/stat.h): 256 bytes, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;
    }
}
