using System.Globalization;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.KernelTests.RingBuffers;

/// <summary>The reader against the kernel's own ring buffer.</summary>
[RequireKernel]
internal sealed class KernelRingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>DIFFKEEPER_TEST_RACE_SECONDS makes it minutes.</summary>
    private static readonly TimeSpan RaceTime =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("DIFFKEEPER_TEST_RACE_SECONDS") ?? "5", CultureInfo.InvariantCulture));

    private RingFiller _filler = null!;
    private RingBuffer _ring = null!;

    [SetUp]
    public void Open()
    {
        _filler = new RingFiller();
        _ring = RingBuffer.Open(_filler.Records);
    }

    [TearDown]
    public void Close()
    {
        _ring?.Dispose();
        _filler?.Dispose();
    }

    [Test]
    public void A_ring_is_opened_by_its_descriptor_alone_and_is_empty()
    {
        Assert.That(_ring.Capacity, Is.EqualTo(1 << 20));
        Assert.That(_ring.AvailableBytes, Is.Zero);
        Assert.That(Drain().Sequences, Is.Empty);
        Assert.That(_ring.Wait(TimeSpan.FromMilliseconds(20)), Is.EqualTo(WaitResult.TimedOut));
    }

    [Test]
    public void A_map_of_another_type_is_refused() =>
        Assert.That(() => RingBuffer.Open(_filler.Config), Throws.TypeOf<RingBufferException>().With.Message.Contains("not a ring buffer"));

    [TestCase(16, 24)]
    [TestCase(64, 72)]
    [TestCase(256, 264)]
    public void What_the_kernel_commits_is_read_and_its_space_is_given_back(int size, int stride)
    {
        _filler.Fill(1000, size);
        Assert.That(_ring.AvailableBytes, Is.EqualTo(1000 * stride));
        Assert.That(_ring.Wait(), Is.EqualTo(WaitResult.Data));
        var drained = new Drained();
        while (_ring.Wait(TimeSpan.Zero) == WaitResult.Data)
        {
            Drain(drained);
        }

        Assert.That(drained.Sequences, Is.EqualTo(Enumerable.Range(0, 1000)));
        Assert.That(drained.Broken, Is.Zero);
        Assert.That(_ring.AvailableBytes, Is.Zero);
    }

    [Test]
    public void The_reader_outlives_the_descriptor_it_was_opened_with()
    {
        _filler.Fill(1, 16);
        _filler.Dispose();
        Assert.That(Drain().Sequences, Is.EqualTo(new long[] { 0 }));
    }

    [Test]
    public async Task The_kernel_wakes_a_sleeping_reader_and_it_misses_nothing()
    {
        const int batches = 100;
        Task<Drained> reader = Task.Factory.StartNew(ReadUntilWoken, TaskCreationOptions.LongRunning);
        for (int batch = 0; batch < batches; batch++)
        {
            // From one record, at which the reader is asleep, to as many as a batch can hold.
            _filler.Fill(1 << (batch % 13), 0, discardEvery: 5);
            while (_ring.AvailableBytes != 0)
            {
                Assert.That(reader.IsCompleted, Is.False);
                await Task.Yield();
            }
        }

        _ring.Wake();
        Drained drained = await reader.WaitAsync(Patience);
        RingFiller.Tally produced = _filler.State;
        Assert.That(produced.Failed, Is.Zero);
        Assert.That(drained.Sequences, Has.Count.EqualTo(produced.Submitted));
        Assert.That(drained.Sequences, Is.Ordered.Ascending.And.Unique);
        Assert.That(drained.Sequences.Any(sequence => sequence % 5 == 0), Is.False, "discarded");
        Assert.That(drained.Broken, Is.Zero);
    }

    /// <summary>
    /// A record is committed at every moment of the reader's way from its last look into its sleep. No timeout saves it: a lost wakeup is for good, since
    /// the kernel wakes nobody at a record that stands behind an unread one.
    /// </summary>
    [Test]
    public async Task No_wakeup_is_lost_between_the_last_look_and_the_sleep()
    {
        Task<Drained> reader = Task.Factory.StartNew(ReadUntilWoken, TaskCreationOptions.LongRunning);
        var random = new Random(1);
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < RaceTime && !reader.IsCompleted)
        {
            _filler.Fill(1, 16);
            Thread.SpinWait(random.Next(200));
        }

        bool caughtUp = await Eventually.HoldsAsync(() => reader.IsCompleted || _ring.AvailableBytes == 0);
        Assert.That(caughtUp, "the reader sleeps before a record that is there");
        _ring.Wake();
        Drained drained = await reader.WaitAsync(Patience);
        Assert.That(drained.Sequences, Has.Count.EqualTo(_filler.State.Submitted));
    }

    private Drained ReadUntilWoken()
    {
        var all = new Drained();
        while (_ring.Wait() == WaitResult.Data)
        {
            Drain(all);
        }

        return all;
    }

    private Drained Drain(Drained? drained = null)
    {
        drained ??= new Drained();
        foreach (ReadOnlySpan<byte> record in _ring.Drain())
        {
            long sequence = MemoryMarshal.Read<long>(record);
            drained.Sequences.Add(sequence);
            drained.Broken += record[8..].ContainsAnyExcept((byte)sequence) ? 1 : 0;
        }

        return drained;
    }

    private sealed class Drained
    {
        public List<long> Sequences { get; } = [];

        /// <summary>How many records weren't filled as ring_fill.bpf.c fills them.</summary>
        public int Broken { get; set; }
    }
}
