using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static partial class LibC
{
    // O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK: what isn't a file, as a pipe that nobody writes to, is not waited for.
    private const int ReadOnly = 0x80000 | 0x100 | 0x800;

    /// <summary>
    /// Opens a file for reading. .NET would lock it (flock(2)), at which its owner stumbles that locks it, too, as bbolt does; and it would wait for a pipe.
    /// </summary>
    /// <returns><see langword="null"/> where there is no such file or it may not be read.</returns>
    internal static SafeFileHandle? OpenToRead(string path)
    {
        SafeFileHandle file = Open(path, ReadOnly);
        if (!file.IsInvalid)
            return file;

        file.Dispose();
        return null;
    }

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);
}
