using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Cli.Interop;

/// <summary>The C library's functions that .NET has no name for, each signature once.</summary>
internal static partial class LibC
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "kill")]
    public static partial int SendSignal(int pid, int signal);

    [LibraryImport(Library, EntryPoint = "getpgrp")]
    public static partial int ProcessGroup();

    [LibraryImport(Library, EntryPoint = "tcgetpgrp")]
    public static partial int ForegroundProcessGroup(SafeFileHandle terminal);
}
