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
        private readonly RingBuffer _ring;
        private readonly long _lease;
        private readonly byte* _data;
        private readonly ulong _mask;
        private readonly ulong _bound;
        private ulong _position;
        private ulong _producerPosition;
        private ulong _end;
        private uint _header;
        private ulong _stride;
        private int _remaining;
        private byte* _record;

        internal Enumerator(RingBuffer ring, int maxRecords, int maxBytes)
        {
            _ring = ring;
            _lease = ring.BeginLease();
            _data = ring._memory.Data;
            _mask = ring._memory.Capacity - 1;
            _position = _producerPosition = _end = ring._position;
            _bound = _position + (uint)maxBytes;
            _remaining = maxRecords;
            _header = RecordHeader.None;
        }

        /// <summary>The record, in the kernel's memory: valid until the enumerator is disposed.</summary>
        [UnscopedRef] // By this no record outlives the variable that the enumerator is kept in.
        public readonly ReadOnlySpan<byte> Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => MemoryMarshal.CreateReadOnlySpan(ref *_record, (int)_header);
        }

        /// <summary>Goes on to the next committed record.</summary>
        /// <returns>Whether there is one within the limits.</returns>
        /// <exception cref="RingBufferException">The kernel can't have written what stands there.</exception>
        /// <remarks>
        /// Inlined, down to the last branch, so that the loop around it keeps this structure in registers. Two things make it fast
        /// (16-byte records, AMD EPYC 7003):
        /// <list type="bullet">
        /// <item>
        /// The length is predicted to be the last one's. Where the next header is would otherwise be known only when this one has been
        /// loaded, record after record; so it's a guess of the branch predictor, and loads overlap.
        /// </item>
        /// <item>
        /// The position goes to the ring buffer's own field as well, a store that nothing waits for. If <see cref="Dispose"/> took it from
        /// here, the field would live on into the loop's finally block, and with that on the stack instead of in a register.
        /// </item>
        /// </list>
        /// </remarks>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            while (_remaining != 0 && (_position < _end || Extend()))
            {
                byte* place = _data + (_position & _mask);

                // Acquire: the record's bytes are read after the header that says they are there (pairs with the xchg of bpf_ringbuf_commit).
                uint header = Volatile.Read(ref *(uint*)place);
                if (header != _header)
                {
                    if ((header & RecordHeader.Busy) != 0)
                    {
                        return false;
                    }

                    _header = header;
                    _stride = RecordHeader.Stride(header);
                }

                if (_stride > _producerPosition - _position)
                {
                    ThrowCorrupt(_position, "a record reaches beyond what was produced");
                }

                _position += _stride;
                _ring._position = _position;
                if ((_header & RecordHeader.Discarded) == 0)
                {
                    _record = place + RecordHeader.Size;
                    _remaining--;
                    return true;
                }
            }

            return false;
        }

        /// <summary>Tells the kernel how far the records are consumed, and ends the lease.</summary>
        public void Dispose()
        {
            _ring.EndLease(_lease);
            _end = 0;
        }

        // The producer's position is on a cache line that the kernel writes: it's asked for when all that is known of is read.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool Extend()
        {
            _producerPosition = _ring.ReadProducerPosition(_lease, _position);
            _end = Math.Min(_producerPosition, _bound);
            return _position < _end;
        }
    }

    private unsafe ulong ReadProducerPosition(long lease, ulong position)
    {
        if (!Holds(lease))
        {
            throw new InvalidOperationException("The drain was ended: begin another.");
        }

        ulong producerPosition = Volatile.Read(ref *_memory.ProducerPosition);
        if (producerPosition - position > _memory.Capacity)
        {
            ThrowCorrupt(position, $"the producer's position is {producerPosition}, further away than the ring's {_memory.Capacity} bytes");
        }

        return producerPosition;
    }
}
