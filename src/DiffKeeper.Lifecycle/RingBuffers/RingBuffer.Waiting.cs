using System.Diagnostics;

namespace DiffKeeper.Lifecycle.RingBuffers;

public sealed unsafe partial class RingBuffer
{
    // A producer that holds the head is usually done within a microsecond: that's worth a few looks. Together they take about as long as
    // going to sleep and being woken would, some ten microseconds.
    private const int BusyLooks = 32;
    private const int PauseBetweenLooks = 10;

    // A commit of the head wakes the reader, unless its producer said BPF_RB_NO_WAKEUP: then what stands behind it was committed without a
    // wakeup, too, since it wasn't the head. So a busy head is looked at again after this time.
    private const int BusyMilliseconds = 1;

    private int _wakeRequested;

    private enum Head
    {
        None,
        Busy,
        Committed,
    }

    /// <summary>Sleeps until there is something to drain or <see cref="Wake"/> is called.</summary>
    /// <inheritdoc cref="Wait(TimeSpan)"/>
    public WaitResult Wait() => Wait(Timeout.InfiniteTimeSpan);

    /// <summary>Sleeps until there is something to drain, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="timeout">
    /// In effect rounded up to milliseconds. <see cref="TimeSpan.Zero"/> looks without sleeping; <see cref="Timeout.InfiniteTimeSpan"/> is no limit.
    /// </param>
    /// <returns>Why it returned; <see cref="WaitResult.Woken"/> goes first, so that a flood of records can't hide it.</returns>
    /// <remarks>
    /// Records whose producer asked for no wakeup (BPF_RB_NO_WAKEUP) end no sleep; they are seen by the next wait, or when the time is over.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">The ring buffer is being read already.</exception>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed, before or during the wait.</exception>
    public WaitResult Wait(TimeSpan timeout)
    {
        bool forever = timeout == Timeout.InfiniteTimeSpan;
        long began = 0;
        if (!forever)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
            began = Stopwatch.GetTimestamp();
        }

        long lease = BeginLease();
        try
        {
            while (true)
            {
                if (Interlocked.Exchange(ref _wakeRequested, 0) != 0)
                {
                    return WaitResult.Woken;
                }

                ThrowIfDisposed();
                Head head = LookAtHead();
                if (head == Head.Committed)
                {
                    return WaitResult.Data;
                }

                int milliseconds = forever ? -1 : Milliseconds(timeout - Stopwatch.GetElapsedTime(began));
                if (milliseconds == 0)
                {
                    return WaitResult.TimedOut;
                }

                _signal.Sleep(head == Head.Busy ? BusyMilliseconds : milliseconds);
            }
        }
        finally
        {
            EndLease(lease);
        }
    }

    /// <summary>Makes the wait of now, or else the next one, return <see cref="WaitResult.Woken"/>.</summary>
    /// <remarks>Several calls before that wait are one.</remarks>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed.</exception>
    public void Wake()
    {
        ThrowIfDisposed();
        if (Interlocked.Exchange(ref _wakeRequested, 1) == 0)
        {
            _signal.Wake();
        }
    }

    /// <summary>Whether there is something to drain, for threads that take turns at it: each looks before it sleeps. No disposed ring has.</summary>
    internal bool HasRecord
    {
        get
        {
            bool held = false;
            try
            {
                _memory.DangerousAddRef(ref held);
                return LookOnce() == Head.Committed;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
            finally
            {
                if (held)
                {
                    _memory.DangerousRelease();
                }
            }
        }
    }

    /// <summary>Sleeps until a record was committed to a ring that was read to its end, <see cref="Nudge"/>, or <see cref="Wake"/>; or else for the time given.</summary>
    /// <remarks>Any number of threads may, and each of these ends the sleep of one; it may end early. What is there already doesn't: look at <see cref="HasRecord"/> first.</remarks>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed.</exception>
    internal void Sleep(TimeSpan time) => _signal.Sleep(Milliseconds(time));

    /// <summary>Ends the sleep of one thread, or else the next one. Where the ring was disposed, which has ended it already, nothing.</summary>
    internal void Nudge()
    {
        try
        {
            _signal.Wake();
        }
        catch (ObjectDisposedException)
        {
            // Between two threads that take turns either may be the one that disposes.
        }
    }

    private static int Milliseconds(TimeSpan remaining) => (int)Math.Clamp(Math.Ceiling(remaining.TotalMilliseconds), 0, int.MaxValue);

    private Head LookAtHead()
    {
        Head head = LookOnce();
        for (int looks = 1; head == Head.Busy && looks < BusyLooks; looks++)
        {
            Thread.SpinWait(PauseBetweenLooks);
            head = LookOnce();
        }

        return head;
    }

    private Head LookOnce()
    {
        // bpf_ringbuf_commit clears the busy bit and then, after a full barrier, wakes the reader only if the consumer's position is the
        // record's own. This is the other half: the position that the last drain published must be visible before the header is looked at,
        // and a release store alone lets the load overtake it, on arm64 and, out of the store buffer, on x86. Then the reader would see the
        // record busy and its producer see a reader that's still behind, and the wakeup that nobody sends would be slept for. The lease's
        // interlocked operations are full barriers as well; with one of its own this look depends on nothing that comes before it.
        Interlocked.MemoryBarrier();

        ulong position = *_memory.ConsumerPosition;
        if (Volatile.Read(ref *_memory.ProducerPosition) == position)
        {
            return Head.None;
        }

        uint header = Volatile.Read(ref *(uint*)(_memory.Data + (position & (_memory.Capacity - 1))));
        return (header & RecordHeader.Busy) == 0 ? Head.Committed : Head.Busy;
    }
}
