using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

/// <summary>A ring buffer of its own for each test, over simulated memory.</summary>
internal abstract class RingBufferTest
{
    /// <summary>How long a test waits for what must happen before it says that it didn't.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The kernel allows no less: a power of two and whole pages.
    protected static readonly int Capacity = Environment.SystemPageSize;

    protected SimulatedRing Simulated { get; private set; } = null!;

    protected RingBuffer Ring { get; private set; } = null!;

    [SetUp]
    public void Open()
    {
        Simulated = new SimulatedRing(Capacity);
        Ring = Simulated.Open();
    }

    [TearDown]
    public void Close()
    {
        Ring.Dispose();
        Simulated.Dispose();
    }

    protected List<byte[]> Drained(in DrainLimits limits = default)
    {
        List<byte[]> records = [];
        foreach (ReadOnlySpan<byte> record in Ring.Drain(limits))
        {
            records.Add(record.ToArray());
        }

        return records;
    }
}
