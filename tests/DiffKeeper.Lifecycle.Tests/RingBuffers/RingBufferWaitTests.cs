using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

internal sealed class RingBufferWaitTests : RingBufferTest
{
    [Test]
    public void A_committed_record_ends_the_wait_at_once()
    {
        Simulated.Produce([1]);
        Assert.That(Ring.Wait(), Is.EqualTo(WaitResult.Data));
    }

    [Test]
    public async Task A_commit_wakes_a_sleeping_reader()
    {
        ReaderThread<WaitResult> reader = await SleepingReader();
        Simulated.Produce([1]);
        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(WaitResult.Data));
    }

    [TestCase(0)]
    [TestCase(20)]
    public void A_wait_on_an_empty_ring_ends_with_its_time(int milliseconds) =>
        Assert.That(Ring.Wait(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(WaitResult.TimedOut));

    [TestCase(0)]
    [TestCase(20)]
    public void A_wait_at_a_record_not_committed_ends_with_its_time(int milliseconds)
    {
        Simulated.Reserve(8);
        Assert.That(Ring.Wait(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(WaitResult.TimedOut));
    }

    [Test]
    public void A_negative_timeout_is_refused() =>
        Assert.That(() => Ring.Wait(TimeSpan.FromMilliseconds(-2)), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task Wake_wakes_a_sleeping_reader()
    {
        ReaderThread<WaitResult> reader = await SleepingReader();
        Ring.Wake();
        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(WaitResult.Woken));
    }

    [Test]
    public void Wakes_before_a_wait_are_one_and_not_forgotten()
    {
        Ring.Wake();
        Ring.Wake();
        Assert.That(Ring.Wait(), Is.EqualTo(WaitResult.Woken));
        Assert.That(Ring.Wait(TimeSpan.FromMilliseconds(20)), Is.EqualTo(WaitResult.TimedOut));
    }

    [Test]
    public void A_flood_of_records_does_not_hide_a_wake()
    {
        Simulated.Produce([1]);
        Ring.Wake();
        Assert.That(Ring.Wait(), Is.EqualTo(WaitResult.Woken));
        Assert.That(Ring.Wait(), Is.EqualTo(WaitResult.Data));
    }

    [Test]
    public async Task The_commit_of_the_head_wakes_a_reader_that_sleeps_on_it()
    {
        SimulatedRing.Reservation head = Simulated.Reserve(8);
        ReaderThread<WaitResult> reader = await SleepingReader();
        Simulated.Commit(head);
        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(WaitResult.Data));
    }

    [Test]
    public async Task What_was_committed_unseen_and_without_a_wakeup_is_found_before_the_sleep()
    {
        Simulated.Commit(Simulated.Reserve(8), noWakeup: true);
        foreach (ReadOnlySpan<byte> _ in Ring.Drain())
        {
            Simulated.Produce([2]);
        }

        Assert.That(Simulated.Wakeups, Is.Zero);
        var reader = new ReaderThread<WaitResult>(Ring.Wait);
        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(WaitResult.Data));
    }

    [Test]
    public async Task A_head_given_up_without_a_wakeup_does_not_hide_what_is_committed_behind_it()
    {
        SimulatedRing.Reservation head = Simulated.Reserve(8);
        Simulated.Produce([2]);
        ReaderThread<WaitResult> reader = await SleepingReader();
        Simulated.Commit(head, discard: true, noWakeup: true);

        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(WaitResult.Data));
        Assert.That(Simulated.Wakeups, Is.Zero);
        Assert.That(Drained(), Is.EqualTo(new byte[][] { [2] }));
    }

    [Test]
    [Repeat(25)] // A race with the closing of the descriptors that the reader sleeps on.
    public async Task Dispose_wakes_a_sleeping_reader()
    {
        ReaderThread<WaitResult> reader = await SleepingReader();
        Ring.Dispose();
        Assert.That(async () => await reader.Result.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
    }

    private async Task<ReaderThread<WaitResult>> SleepingReader()
    {
        var reader = new ReaderThread<WaitResult>(Ring.Wait);
        await reader.IsAsleep(Patience);
        return reader;
    }
}
