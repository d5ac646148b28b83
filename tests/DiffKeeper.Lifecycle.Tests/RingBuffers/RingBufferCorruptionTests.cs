using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

internal sealed class RingBufferCorruptionTests : RingBufferTest
{
    [TestCase(17u)]
    [TestCase(100_000u)]
    [TestCase((1u << 30) - 1)]
    [TestCase((1u << 30) | 17u, Description = "a discarded one")]
    public void A_record_that_reaches_beyond_what_was_produced_is_refused(uint header)
    {
        Simulated.Produce(new byte[16]);
        Simulated.Produce(new byte[16]);
        Simulated.Corrupt(24, header);

        Assert.That(() => Drained(), Throws.TypeOf<RingBufferException>().With.Message.Contains("position 24"));
        Assert.That(() => Drained(), Throws.TypeOf<RingBufferException>(), "it stays refused, and the ring is not left occupied");
        Assert.That(Ring.ConsumerPosition, Is.EqualTo(24), "the record before it was handed out");
    }

    [Test]
    public void The_last_record_is_checked_where_its_length_is_that_of_the_one_before()
    {
        Simulated.Produce(new byte[16]);
        Simulated.Produce(new byte[8]);
        Simulated.Corrupt(24, 16);

        Assert.That(() => Drained(), Throws.TypeOf<RingBufferException>());
    }

    [TestCase(-8)]
    [TestCase(1 << 20)]
    public void A_producer_behind_the_consumer_or_further_ahead_than_the_ring_is_refused(int offset)
    {
        Simulated.StartAt(4096);
        Simulated.CorruptProducerPosition((ulong)(4096 + offset));

        Assert.That(() => Drained(), Throws.TypeOf<RingBufferException>());
        Assert.That(() => Ring.Wait(TimeSpan.Zero), Throws.TypeOf<RingBufferException>());
    }
}
