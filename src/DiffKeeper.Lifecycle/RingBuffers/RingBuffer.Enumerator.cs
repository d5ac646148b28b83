using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.RingBuffers;

public sealed partial class RingBuffer
{
    /// <summary>Walks over the committed records of a ring buffer, and holds the lease on its memory until disposed.</summary>
    /// <remarks>Made for <see langword="foreach"/>. Whoever calls it by hand disposes it once, and makes no copies of it.</remarks>
    public unsafe ref struct Enumerator
    {
        private static ReadOnlySpan<byte> Nothing => [0, 0, 0, 0, 0, 0, 0, 0];

        private readonly RingBuffer _ring;
        private readonly long _lease;
        private byte* _end;
        private byte* _place;
        private uint _header;
        private ulong _stride;
        private int _remaining;
        private byte* _record;

        internal Enumerator(RingBuffer ring, int maxRecords, int maxBytes)
        {
            _ring = ring;
            _lease = ring.BeginLease();
            _place = ring._place;
            _end = _place + Math.Min(ring._produced - _place, maxBytes);
            _remaining = maxRecords;
            PredictNothing();
        }

        /// <summary>The record, in the kernel's memory: valid until the enumerator is disposed. Empty where there is none.</summary>
        [UnscopedRef] // By this no record outlives the variable that the enumerator is kept in.
        public readonly ReadOnlySpan<byte> Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => MemoryMarshal.CreateReadOnlySpan(ref *_record, (int)_header);
        }

        /// <summary>Goes on to the next committed record.</summary>
        /// <returns>Whether there is one within the limits.</returns>
        /// <exception cref="RingBufferException">The kernel can't have written what stands there.</exception>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            // Inlined whole and without a call, so that the loop around it keeps this structure in registers. Four things make it fast; with all, a
            // record of 16 bytes takes 1.7 ns (AMD EPYC 7003; libbpf's ring_buffer__consume there: 3.5).
            //
            // The length is predicted to be the last one's. Otherwise each header's address is known only when the header before it has been
            // loaded (1.8 ns more); so it's the branch predictor's guess, and the loads overlap.
            //
            // The place goes to the ring buffer's own field as well, a store that nothing waits for. If Dispose took it from here, it would
            // live on into the loop's finally block, and for that on the stack instead of in a register (1.2 ns more).
            //
            // One look at where the predicted record would end says too that there is one: at the end of what was produced, whatever stands there
            // reaches beyond it. And what is predicted is a record to be shown, so that nothing else has to be asked of it (0.4 ns more).
            //
            // It walks through memory, and not around the ring: see RingBuffer.Leasing.cs (0.1 ns more, and 0.6 with 256 bytes).
            while (true)
            {
                byte* place = _place;

                // Acquire: the record's bytes are read after the header that says they are there (pairs with the xchg of bpf_ringbuf_commit).
                uint header = Volatile.Read(ref *(uint*)place);
                byte* next = place + _stride;
                if (header != _header || next > _end)
                {
                    if (place >= _end || (header & RecordHeader.Busy) != 0)
                    {
                        break;
                    }

                    _header = header;
                    _stride = RecordHeader.Stride(header);
                    next = place + _stride;
                    if (next > _ring._produced)
                    {
                        ThrowCorrupt(_ring.PositionOf(place), "a record reaches beyond what was produced");
                    }

                    if ((header & RecordHeader.Discarded) != 0)
                    {
                        PredictNothing();
                        _place = next;
                        _ring._place = next;
                        continue;
                    }
                }

                if (--_remaining < 0)
                {
                    break;
                }

                _place = next;
                _ring._place = next;
                _record = place + RecordHeader.Size;
                return true;
            }

            PredictNothing();
            return false;
        }

        /// <summary>Tells the kernel how far the records are consumed, and ends the lease.</summary>
        public void Dispose()
        {
            _ring.EndLease(_lease);

            // Where there is nothing: the ring's memory may be gone.
            _place = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Nothing));
            _end = _place;
            PredictNothing();
        }

        // What Current then shows is empty, too: not even an enumerator used by hand shows memory that isn't a record's.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void PredictNothing()
        {
            _header = 0;
            _stride = RecordHeader.Size;
        }
    }
}
