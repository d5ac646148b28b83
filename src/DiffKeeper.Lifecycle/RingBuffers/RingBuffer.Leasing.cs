using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DiffKeeper.Lifecycle.RingBuffers;

public sealed unsafe partial class RingBuffer
{
    // The lease that reads now, or 0. A number of its own for each, so that a stale one can't end another's.
    private long _lease;
    private long _leases;

    // What the lease may read: from where, up to where it has read, of which the kernel learns when the lease ends, and up to where it may. That isn't
    // more than the ring holds, which lies in memory twice in a row: from wherever it begins, the way there is straight.
    private ulong _position;
    private byte* _start;
    private byte* _place;
    private byte* _produced;

    private long BeginLease()
    {
        ThrowIfDisposed();
        long lease = Interlocked.Increment(ref _leases);
        if (Interlocked.CompareExchange(ref _lease, lease, 0) != 0)
        {
            throw new InvalidOperationException(
                "The ring buffer is being read already, by another thread or an enclosing loop: it has one reader at a time.");
        }

        bool held = false;
        try
        {
            _memory.DangerousAddRef(ref held);
        }
        finally
        {
            if (!held)
            {
                Volatile.Write(ref _lease, 0);
            }
        }

        // Acquire: the headers are read after the position that says they are there (pairs with the release of bpf_ringbuf_reserve).
        ulong produced = Volatile.Read(ref *_memory.ProducerPosition);
        _position = *_memory.ConsumerPosition;
        _start = _memory.Data + (_position & (_memory.Capacity - 1));
        _place = _start;
        if (produced - _position > _memory.Capacity)
        {
            EndLease(lease);
            ThrowCorrupt(_position, $"the producer's position is {produced}, and the ring has {_memory.Capacity} bytes");
        }

        _produced = _start + (produced - _position);
        return lease;
    }

    // Never inlined: it is what the finally block of every loop calls, and how much of it the runtime would inline there decides how many
    // registers are left for the loop itself and its caller's variables (1.6 ns a record of 16 bytes, and 1.4 with this).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndLease(long lease)
    {
        if (_lease == lease)
        {
            // Release: the kernel may write over the records as soon as it sees this, so all reads of them come before.
            Volatile.Write(ref *_memory.ConsumerPosition, PositionOf(_place));
            Volatile.Write(ref _lease, 0);
            _memory.DangerousRelease();
        }
    }

    /// <summary>The ring's position of what the lease that reads now finds at a place in memory.</summary>
    private ulong PositionOf(byte* place) => _position + (ulong)(place - _start);

    [DoesNotReturn]
    private static void ThrowCorrupt(ulong position, string what) =>
        throw new RingBufferException(
            $"The ring buffer is corrupt at position {position}: {what}. Something else has written to its memory; make the map anew.");
}
