using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

internal sealed class RingBufferAllocationTests : RingBufferTest
{
    private const int Drains = 100;
    private const int RecordsEach = 50;

    [Test]
    public void A_drained_record_allocates_nothing()
    {
        Drain();
        long allocated = 0;
        long read = 0;
        for (int i = 0; i < Drains; i++)
        {
            for (int record = 0; record < RecordsEach; record++)
            {
                Simulated.Produce([1, 0, 0, 0, 0, 0, 0, 0]);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            read += Drain();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(allocated, Is.Zero);
        Assert.That(read, Is.EqualTo(Drains * RecordsEach));
    }

    private long Drain()
    {
        long sum = 0;
        foreach (ReadOnlySpan<byte> record in Ring.Drain())
        {
            sum += MemoryMarshal.Read<long>(record);
        }

        return sum;
    }
}
