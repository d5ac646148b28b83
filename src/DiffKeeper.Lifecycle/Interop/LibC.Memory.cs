using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static partial class LibC
{
    internal const int ProtectionRead = 1; // PROT_READ
    internal const int ProtectionWrite = 2; // PROT_WRITE
    internal const int MapShared = 1; // MAP_SHARED
    internal const nint MapFailed = -1; // MAP_FAILED

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint MemoryMap(nint address, nuint length, int protection, int flags, SafeFileHandle descriptor, long offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    internal static partial int MemoryUnmap(nint address, nuint length);
}
