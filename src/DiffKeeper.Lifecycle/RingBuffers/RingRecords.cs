namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>The records of one <see cref="RingBuffer.Drain"/>, to be enumerated with <see langword="foreach"/>.</summary>
public readonly ref struct RingRecords
{
    private readonly RingBuffer _ring;
    private readonly int _maxRecords;
    private readonly int _maxBytes;

    internal RingRecords(RingBuffer ring, int maxRecords, int maxBytes)
    {
        _ring = ring;
        _maxRecords = maxRecords;
        _maxBytes = maxBytes;
    }

    /// <summary>Begins the drain. It lasts, and keeps the ring buffer's memory mapped, until the enumerator is disposed.</summary>
    /// <exception cref="InvalidOperationException">The ring buffer is being read already.</exception>
    /// <exception cref="ObjectDisposedException">The ring buffer was disposed.</exception>
    public RingBuffer.Enumerator GetEnumerator() => new(_ring, _maxRecords, _maxBytes);
}
