using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Ratios.Kernel;
using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Ratios.Readers;

/// <summary>The library's own reader, drained as the documentation says, with its default limits.</summary>
internal static class RingBufferPeer
{
    public static int Run(uint map, uint filler)
    {
        using RingBuffer ring = RingBuffer.Open(BpfNative.OpenMap(map));
        return DrainPeer.Run(filler, () => Drain(ring));
    }

    private static DrainResult Drain(RingBuffer ring)
    {
        int records = 0;
        ulong sum = 0;
        int before;
        do
        {
            before = records;
            foreach (ReadOnlySpan<byte> record in ring.Drain())
            {
                sum += MemoryMarshal.Read<ulong>(record);
                records++;
            }
        }
        while (records != before);

        return new DrainResult(records, sum);
    }
}
