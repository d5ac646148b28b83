namespace DiffKeeper.Lifecycle.RingBuffers;

public sealed unsafe partial class RingBuffer
{
    /// <summary>The size of the ring in bytes, a power of two: the map's <c>max_entries</c>.</summary>
    public long Capacity => _memory.Capacity;

    /// <summary>The bytes that are reserved or committed and not consumed, headers included; from 0 to <see cref="Capacity"/>.</summary>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed.</exception>
    public long AvailableBytes
    {
        get
        {
            // In this order, the consumer may move on in between but never past what is read of the producer.
            long consumed = ConsumerPosition;
            return Math.Min(ProducerPosition - consumed, Capacity);
        }
    }

    /// <summary>All bytes consumed since the map was made, as far as the kernel was told: while a drain goes on, up to where it began.</summary>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed.</exception>
    public long ConsumerPosition => ReadPosition(_memory.ConsumerPosition);

    /// <summary>All bytes reserved since the map was made.</summary>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed.</exception>
    public long ProducerPosition => ReadPosition(_memory.ProducerPosition);

    private long ReadPosition(ulong* position)
    {
        ThrowIfDisposed();
        bool held = false;
        try
        {
            _memory.DangerousAddRef(ref held);
            return (long)Volatile.Read(ref *position);
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
