using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Benchmarks.RingBuffers;

/// <summary>Reads a ring as libbpf's ring_buffer__consume does.</summary>
internal sealed unsafe class PlainReader(RingMemory memory) : IDisposable
{
    internal ulong SumOfAll()
    {
        ulong sum = 0;
        ulong position = *memory.ConsumerPosition;
        ulong end = Volatile.Read(ref *memory.ProducerPosition);
        while (position < end)
        {
            byte* place = memory.Data + (position & (memory.Capacity - 1));
            uint header = Volatile.Read(ref *(uint*)place);
            if ((header & RecordHeader.Busy) != 0)
            {
                break;
            }

            if ((header & RecordHeader.Discarded) == 0)
            {
                sum += *(ulong*)(place + RecordHeader.Size);
            }

            position += RecordHeader.Stride(header);
            Volatile.Write(ref *memory.ConsumerPosition, position);
        }

        return sum;
    }

    public void Dispose() => memory.Dispose();
}
