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

    /// <summary>As <see cref="OpenToRead(string)"/>, for a file that is read and closed where it's opened, and needs no object for that.</summary>
    /// <param name="path">UTF-8, ended by a NUL.</param>
    /// <returns>The descriptor; negative where there is no such file or it may not be read.</returns>
    internal static int OpenToRead(ReadOnlySpan<byte> path) => Open(path, ReadOnly);

    [LibraryImport(Library, EntryPoint = "read")]
    internal static partial nint Read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "open")]
    private static partial int Open(ReadOnlySpan<byte> path, int flags);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);
}
