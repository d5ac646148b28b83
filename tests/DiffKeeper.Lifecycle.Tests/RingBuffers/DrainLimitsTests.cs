using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

internal sealed class DrainLimitsTests : RingBufferTest
{
    [Test]
    public void No_more_records_are_handed_out_than_the_limit_and_none_is_lost()
    {
        for (byte i = 0; i < 10; i++)
        {
            Simulated.Produce([i]);
        }

        Assert.That(Drained(new() { Records = 3 }), Is.EqualTo(new byte[][] { [0], [1], [2] }));
        Assert.That(Drained(new() { Records = 1 }), Is.EqualTo(new byte[][] { [3] }));
        Assert.That(Drained(new() { Records = 100 }), Is.EqualTo(new byte[][] { [4], [5], [6], [7], [8], [9] }));
    }

    [Test]
    public void No_record_is_begun_beyond_the_byte_limit()
    {
        for (byte i = 0; i < 10; i++)
        {
            Simulated.Produce([i]);
        }

        Assert.That(Drained(new() { Bytes = 48 }), Has.Count.EqualTo(3));
        Assert.That(Drained(new() { Bytes = 49 }), Has.Count.EqualTo(4));
    }

    [Test]
    public void A_record_longer_than_the_byte_limit_is_handed_out_whole()
    {
        Simulated.Produce(new byte[1000]);
        Simulated.Produce(new byte[1000]);

        Assert.That(Drained(new() { Bytes = 1 }), Is.EqualTo(new[] { new byte[1000] }));
    }

    [Test]
    public void Discarded_records_count_towards_the_byte_limit()
    {
        for (int i = 0; i < 10; i++)
        {
            Simulated.Discarded(8);
        }

        Assert.That(Drained(new() { Bytes = 64 }), Is.Empty);
        Assert.That(Ring.ConsumerPosition, Is.EqualTo(64));
    }

    [Test]
    public void By_default_a_drain_takes_1024_records_or_64_KiB()
    {
        var limits = new DrainLimits();
        Assert.That(limits.Records, Is.EqualTo(1024));
        Assert.That(limits.Bytes, Is.EqualTo(65536));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_limit_that_lets_nothing_through_is_refused(int limit)
    {
        Assert.That(() => new DrainLimits { Records = limit }.Records, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DrainLimits { Bytes = limit }.Bytes, Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
