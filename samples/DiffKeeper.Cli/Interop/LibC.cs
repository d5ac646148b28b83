using System.Runtime.InteropServices;
using DiffKeeper.Cli.Terminals;
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

    /// <param name="terminal">A descriptor of it.</param>
    /// <param name="attributes">Room for <c>struct termios</c>, whose layout nobody here has to know.</param>
    [LibraryImport(Library, EntryPoint = "tcgetattr")]
    public static partial int GetAttributes(int terminal, Span<byte> attributes);

    [LibraryImport(Library, EntryPoint = "tcsetattr")]
    public static partial int SetAttributes(int terminal, int when, ReadOnlySpan<byte> attributes);

    [LibraryImport(Library, EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Span<byte> attributes);

    /// <summary>ioctl(2), which takes a variable number of arguments: on Linux these are passed like any others.</summary>
    [LibraryImport(Library, EntryPoint = "ioctl")]
    public static partial int GetWindowSize(int terminal, nuint request, out WindowSize size);
}
