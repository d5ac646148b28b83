using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>Where the reader sleeps until the kernel or another thread has something for it.</summary>
/// <remarks>
/// Edge-triggered: to wake means "look again", and what there is to see stands in memory. Level-triggered epoll would return at once for as
/// long as the ring's head is reserved but not committed, and turn waiting for that producer into a loop of system calls; it would hide a
/// wakeup that the reader's own protocol had lost, too.
/// </remarks>
internal sealed class RingSignal : IDisposable
{
    private readonly SafeFileHandle _dataReady;
    private readonly SafeFileHandle _wake;
    private readonly SafeFileHandle _epoll;

    /// <summary>Takes over the descriptor that becomes readable when a producer commits.</summary>
    internal RingSignal(SafeFileHandle dataReady)
    {
        _dataReady = dataReady;
        _wake = Opened(LibC.EventFd(0, LibC.EventFdCloseOnExec | LibC.EventFdNonBlocking));
        _epoll = Opened(LibC.EpollCreate(LibC.EpollCloseOnExec));
        Watch(_wake);
        Watch(_dataReady);
    }

    /// <summary>Ends the sleep of now, or else the next one.</summary>
    /// <remarks>Nobody reads the counter back: each write is an edge, and it takes 2⁶⁴ of them to fill it.</remarks>
    internal void Wake() => _ = LibC.Write(_wake, 1, sizeof(ulong));

    /// <summary>Sleeps until a signal, or for no longer than the time given; -1 is no limit. May return early.</summary>
    /// <exception cref="ObjectDisposedException">The signal was disposed.</exception>
    internal void Sleep(int milliseconds)
    {
        Span<EpollEvent> events = stackalloc EpollEvent[2];
        bool held = false;
        try
        {
            // Not closed under the sleeper: epoll forgets a closed descriptor together with the edge that was to end the sleep.
            _wake.DangerousAddRef(ref held);
            if (LibC.EpollWait(_epoll, events, events.Length, milliseconds) < 0 && Marshal.GetLastPInvokeError() != LibC.InterruptedError)
            {
                throw Failed(LibC.LastError());
            }
        }
        finally
        {
            if (held)
            {
                _wake.DangerousRelease();
            }
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        _wake.Dispose();
        _dataReady.Dispose();
    }

    private static SafeFileHandle Opened(SafeFileHandle descriptor) =>
        descriptor.IsInvalid ? throw Failed(LibC.LastError()) : descriptor;

    private static RingBufferException Failed(Exception error) =>
        new($"The ring buffer can't be waited for: {error.Message}.", error);

    private void Watch(SafeFileHandle descriptor)
    {
        if (LibC.EpollControl(_epoll, LibC.EpollAdd, descriptor, new EpollEvent { Events = LibC.EpollIn | LibC.EpollEdgeTriggered }) != 0)
        {
            throw Failed(LibC.LastError());
        }
    }
}
