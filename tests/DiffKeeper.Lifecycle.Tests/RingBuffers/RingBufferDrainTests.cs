namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

internal sealed class RingBufferDrainTests : RingBufferTest
{
    [Test]
    public void Records_come_out_in_order_and_whole()
    {
        Simulated.Produce([1, 2, 3]);
        Simulated.Produce([4]);
        Simulated.Produce([5, 6, 7, 8, 9, 10, 11, 12, 13]);

        Assert.That(Drained(), Is.EqualTo(new byte[][] { [1, 2, 3], [4], [5, 6, 7, 8, 9, 10, 11, 12, 13] }));
    }

    [Test]
    public void An_empty_ring_hands_out_nothing() => Assert.That(Drained(), Is.Empty);

    [Test]
    public void A_record_of_no_bytes_is_a_record()
    {
        Simulated.Produce([]);
        Simulated.Produce([1]);

        Assert.That(Drained(), Is.EqualTo(new byte[][] { [], [1] }));
    }

    [Test]
    public void A_record_that_wraps_the_end_is_read_whole()
    {
        byte[] record = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        Simulated.Discarded(Capacity - 64);
        Drained();

        Simulated.Produce(record);

        Assert.That(Drained(), Is.EqualTo(new[] { record }));
    }

    [Test]
    public void Positions_beyond_4_GiB_are_positions_like_others()
    {
        Simulated.StartAt((1ul << 32) - 32);
        Simulated.Produce(new byte[16]);
        Simulated.Produce([1]);
        Simulated.Produce([2]);

        Assert.That(Drained(), Is.EqualTo(new byte[][] { new byte[16], [1], [2] }));
        Assert.That(Ring.ConsumerPosition, Is.EqualTo((1L << 32) + 24));
    }

    [Test]
    public void A_record_not_committed_yet_holds_back_all_behind_it()
    {
        Simulated.Produce([1]);
        SimulatedRing.Reservation busy = Simulated.Reserve(1);
        Simulated.Produce([3]);

        Assert.That(Drained(), Is.EqualTo(new byte[][] { [1] }));

        Simulated.BytesOf(busy)[0] = 2;
        Simulated.Commit(busy);
        Assert.That(Drained(), Is.EqualTo(new byte[][] { [2], [3] }));
    }

    [Test]
    public void A_busy_record_of_the_length_before_is_not_taken_for_committed()
    {
        Simulated.Produce(new byte[16]);
        Simulated.Reserve(16);

        Assert.That(Drained(), Has.Count.EqualTo(1));
        Assert.That(Ring.ConsumerPosition, Is.EqualTo(24));
    }

    [Test]
    public void Discarded_records_are_skipped_and_give_their_space_back()
    {
        Simulated.Discarded(16);
        Simulated.Produce([1]);
        Simulated.Discarded(16);
        Simulated.Discarded(16);
        Simulated.Produce([2]);
        Simulated.Discarded(40);

        Assert.That(Drained(), Is.EqualTo(new byte[][] { [1], [2] }));
        Assert.That(Ring.AvailableBytes, Is.Zero);
    }

    [Test]
    public void A_full_ring_is_drained_to_the_last_record_and_takes_new_ones()
    {
        int produced = 0;
        while (Simulated.TryReserve(24, out SimulatedRing.Reservation reservation))
        {
            Simulated.Commit(reservation);
            produced++;
        }

        Assert.That(Ring.AvailableBytes, Is.EqualTo(produced * 32));
        Assert.That(Drained(), Has.Count.EqualTo(produced));
        Assert.That(Ring.AvailableBytes, Is.Zero);
        Assert.That(Simulated.TryReserve(Capacity - 16, out _), Is.True);
    }

    [Test]
    public void A_record_as_long_as_the_ring_allows_is_read_wherever_it_begins()
    {
        byte[] longest = new byte[Capacity - 16];
        Random.Shared.NextBytes(longest);
        foreach (int gap in new[] { 0, 8, 2048 })
        {
            Simulated.Discarded(gap);
            Drained();
            Simulated.Produce(longest);

            Assert.That(Drained(), Is.EqualTo(new[] { longest }));
        }
    }

    [Test]
    public void What_is_committed_during_a_drain_is_left_to_the_next()
    {
        Simulated.Produce([1]);
        int seen = 0;
        foreach (ReadOnlySpan<byte> _ in Ring.Drain())
        {
            Simulated.Produce([2]);
            seen++;
        }

        Assert.That(seen, Is.EqualTo(1));
        Assert.That(Drained(), Is.EqualTo(new byte[][] { [2] }));
    }

    [Test]
    public void The_kernel_gets_the_space_back_when_the_drain_ends_and_not_before()
    {
        Simulated.Produce(new byte[16]);
        Simulated.Produce(new byte[16]);
        foreach (ReadOnlySpan<byte> _ in Ring.Drain())
        {
            Assert.That(Simulated.ConsumerPosition, Is.Zero);
        }

        Assert.That(Simulated.ConsumerPosition, Is.EqualTo(48));
    }

    [Test]
    public void A_drain_that_is_left_early_has_consumed_what_it_handed_out()
    {
        Simulated.Produce([1]);
        Simulated.Produce([2]);
        Simulated.Produce([3]);
        foreach (ReadOnlySpan<byte> _ in Ring.Drain())
        {
            break;
        }

        Assert.That(Drained(), Is.EqualTo(new byte[][] { [2], [3] }));
    }

    [Test]
    public void A_drain_that_is_left_by_an_exception_has_consumed_what_it_handed_out()
    {
        Simulated.Produce([1]);
        Simulated.Produce([2]);
        Assert.That(
            () =>
            {
                foreach (ReadOnlySpan<byte> _ in Ring.Drain())
                {
                    throw new NotSupportedException();
                }
            },
            Throws.TypeOf<NotSupportedException>());

        Assert.That(Drained(), Is.EqualTo(new byte[][] { [2] }));
    }

    [Test]
    public void Draining_allocates_nothing()
    {
        int records = 0;
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            while (Simulated.TryReserve(16, out SimulatedRing.Reservation reservation))
            {
                Simulated.Commit(reservation);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ReadOnlySpan<byte> _ in Ring.Drain())
            {
                records++;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(records, Is.GreaterThan(100));
        Assert.That(allocated, Is.Zero);
    }
}
