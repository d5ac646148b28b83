using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using DiffKeeper.Lifecycle.RingBuffers;
using DiffKeeper.Lifecycle.Tests.RingBuffers;

namespace DiffKeeper.Lifecycle.Benchmarks.RingBuffers;

/// <summary>Nanoseconds a record to drain a full ring, every record's first eight bytes read.</summary>
[MemoryDiagnoser]
public class RingReaderBenchmark
{
    private const int Capacity = 1 << 20;
    private const int Records = 3900;

    private SimulatedRing _simulated = null!;
    private RingBuffer _ring = null!;
    private PlainReader _plain = null!;

    [Params(16, 64, 256)]
    public int RecordLength { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _simulated = new SimulatedRing(Capacity);
        _ring = _simulated.Open();
        _plain = new PlainReader(_simulated.MapForReader());
        byte[] record = new byte[RecordLength];
        for (int i = 0; i < Records; i++)
        {
            _simulated.Produce(record);
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _plain.Dispose();
        _ring.Dispose();
        _simulated.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public ulong Drain()
    {
        _simulated.Rewind(0);
        ulong sum = 0;
        int before;
        int read = 0;
        do
        {
            before = read;
            foreach (ReadOnlySpan<byte> record in _ring.Drain())
            {
                sum += MemoryMarshal.Read<ulong>(record);
                read++;
            }
        }
        while (read != before);

        return read == Records ? sum : throw new InvalidOperationException($"{read} records were read, not {Records}.");
    }

    /// <summary>The algorithm of libbpf's ring_buffer__consume in the same language: header by header, the position published for each.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public ulong Plain()
    {
        _simulated.Rewind(0);
        return _plain.SumOfAll();
    }
}
