using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

internal static unsafe partial class LibC
{
    /// <summary>vsnprintf(3). A <c>va_list</c> that was passed on is a pointer on x64 and arm64 alike (System V and AAPCS64).</summary>
    [LibraryImport(Library, EntryPoint = "vsnprintf")]
    public static partial int Format(byte* buffer, nuint size, byte* format, nint arguments);
}
