using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary><c>struct pollfd</c> (poll.h). A negative descriptor is passed over.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
