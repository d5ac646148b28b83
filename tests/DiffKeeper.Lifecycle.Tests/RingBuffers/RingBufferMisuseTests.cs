using System.Globalization;
using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

internal sealed class RingBufferMisuseTests : RingBufferTest
{
    [Test]
    public async Task A_second_reader_is_refused_while_another_waits()
    {
        var reader = new ReaderThread<WaitResult>(Ring.Wait);
        await reader.IsAsleep(Patience);

        Assert.That(() => Drained(), Throws.InvalidOperationException.With.Message.Contains("one reader"));
        Assert.That(() => Ring.Wait(TimeSpan.Zero), Throws.InvalidOperationException);

        Ring.Wake();
        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(WaitResult.Woken));
        Assert.That(Drained(), Is.Empty);
    }

    [Test]
    public void A_drain_or_a_wait_within_a_drain_is_refused_and_does_no_harm()
    {
        Simulated.Produce([1]);
        Simulated.Produce([2]);
        int seen = 0;
        foreach (ReadOnlySpan<byte> _ in Ring.Drain())
        {
            seen++;
            Assert.That(() => Drained(), Throws.InvalidOperationException);
            Assert.That(() => Ring.Wait(TimeSpan.Zero), Throws.InvalidOperationException);
        }

        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public void A_drain_that_was_only_asked_for_does_not_occupy_the_ring()
    {
        Simulated.Produce([1]);
        _ = Ring.Drain();
        Assert.That(Drained(), Has.Count.EqualTo(1));
    }

    [Test]
    public void After_dispose_everything_says_so()
    {
        Ring.Dispose();
        Ring.Dispose();

        Assert.That(() => Drained(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => Ring.Wait(TimeSpan.Zero), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(Ring.Wake, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => Ring.AvailableBytes, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => Ring.ConsumerPosition, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => Ring.ProducerPosition, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(Ring.Capacity, Is.EqualTo(Capacity));
    }

    [Test]
    public unsafe void Dispose_within_a_drain_unmaps_the_memory_when_the_drain_ends()
    {
        Simulated.Produce([1]);
        Simulated.Produce([2]);
        List<byte> seen = [];
        nint address = 0;
        foreach (ReadOnlySpan<byte> record in Ring.Drain())
        {
            Ring.Dispose();
            seen.Add(record[0]);
            fixed (byte* bytes = record)
            {
                address = (nint)bytes;
            }

            Assert.That(IsMapped(address), Is.True);
        }

        Assert.That(seen, Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(IsMapped(address), Is.False);
        Assert.That(Simulated.ConsumerPosition, Is.EqualTo(32), "what was read is consumed all the same");
        Assert.That(() => Drained(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void An_enumerator_used_by_hand_shows_nothing_before_after_and_once_disposed()
    {
        Simulated.Produce([1]);
        Simulated.Discarded(100);
        RingBuffer.Enumerator records = Ring.Drain().GetEnumerator();
        Assert.That(records.Current.Length, Is.Zero);
        Assert.That(records.MoveNext(), Is.True);
        Assert.That(records.Current.Length, Is.EqualTo(1));
        Assert.That(records.MoveNext(), Is.False);
        Assert.That(records.Current.Length, Is.Zero);

        Simulated.Produce([2]);
        records.Dispose();
        Ring.Dispose();
        Assert.That(records.MoveNext(), Is.False);
        Assert.That(records.Current.Length, Is.Zero);
    }

    [Test]
    public void A_second_dispose_of_an_enumerator_ends_no_other_drain()
    {
        Simulated.Produce([1]);
        RingBuffer.Enumerator first = Ring.Drain().GetEnumerator();
        first.Dispose();
        RingBuffer.Enumerator second = Ring.Drain().GetEnumerator();
        first.Dispose();

        Assert.That(() => Drained(), Throws.InvalidOperationException);
        Assert.That(second.MoveNext(), Is.True);
        second.Dispose();
        Assert.That(Ring.AvailableBytes, Is.Zero);
    }

    private static bool IsMapped(nint address) =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ', 2)[0].Split('-'))
            .Any(range => Address(range[0]) <= address && address < Address(range[1]));

    private static long Address(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
