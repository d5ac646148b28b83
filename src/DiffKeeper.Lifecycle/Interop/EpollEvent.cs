using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary><c>struct epoll_event</c> as far as every architecture agrees on it.</summary>
/// <remarks>
/// x86-64 packs the structure into 12 bytes, all others pad it to 16. The mask comes first in both and user data is left unused here,
/// so 16 bytes serve both: the kernel reads and writes no more than its own size.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct EpollEvent
{
    internal uint Events;
}
