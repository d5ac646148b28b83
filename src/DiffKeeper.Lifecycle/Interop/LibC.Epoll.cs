using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static partial class LibC
{
    internal const int EpollCloseOnExec = 0x80000; // EPOLL_CLOEXEC
    internal const int EpollAdd = 1; // EPOLL_CTL_ADD
    internal const uint EpollIn = 1; // EPOLLIN
    internal const uint EpollEdgeTriggered = 1u << 31; // EPOLLET

    internal const int EventFdCloseOnExec = 0x80000; // EFD_CLOEXEC
    internal const int EventFdNonBlocking = 0x800; // EFD_NONBLOCK

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial SafeFileHandle EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(SafeFileHandle epoll, int operation, SafeFileHandle descriptor, in EpollEvent interest);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int EpollWait(SafeFileHandle epoll, Span<EpollEvent> events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial SafeFileHandle EventFd(uint initialValue, int flags);
}
