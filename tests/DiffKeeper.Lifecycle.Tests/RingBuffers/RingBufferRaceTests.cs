using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.RingBuffers;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

/// <summary>A producer and a reader at full speed, with nothing to save a reader whose wakeup is lost: no timeout, and no second wakeup.</summary>
internal sealed class RingBufferRaceTests : RingBufferTest
{
    [Test]
    public async Task No_wakeup_is_lost_between_the_last_look_and_the_sleep()
    {
        const int records = 300_000;
        var reader = new ReaderThread<int>(() => ReadAll(records, record => MemoryMarshal.Read<int>(record)));
        var random = new Random(1);
        await ProduceAll(
            records,
            reader.Result,
            i => 8,
            (bytes, i) =>
            {
                // Anything between at once and long enough for the reader to fall asleep.
                Thread.SpinWait(random.Next(12));
                MemoryMarshal.Write(bytes, i);
            });

        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(records));
    }

    [Test]
    public async Task Records_of_any_length_arrive_whole_in_order_and_once()
    {
        const int records = 300_000;
        int longest = Capacity / 4;
        int[] lengths = new int[records];
        var random = new Random(2);
        for (int i = 0; i < records; i++)
        {
            // Runs of one length and changes of it, and now and then one that fills much of the ring.
            lengths[i] = random.Next(64) switch
            {
                0 => random.Next(longest),
                < 32 => random.Next(100),
                _ => i == 0 ? 0 : lengths[i - 1],
            };
        }

        int expected = 0;
        var reader = new ReaderThread<int>(() => ReadAll(records, record =>
        {
            int number = expected++;
            bool whole = record.Length == lengths[number] && record.IndexOfAnyExcept((byte)number) < 0;
            return whole ? number : -1;
        }));
        await ProduceAll(records, reader.Result, i => lengths[i], (bytes, i) => bytes.Fill((byte)i), discardEvery: 7);

        Assert.That(await reader.Result.WaitAsync(Patience), Is.EqualTo(records));
    }

    private delegate int NumberOf(ReadOnlySpan<byte> record);

    private delegate void Fill(Span<byte> bytes, int number);

    /// <summary>Reads until the last record, and returns how many came with the number that was due.</summary>
    private int ReadAll(int records, NumberOf numberOf)
    {
        int read = 0;
        int right = 0;
        while (read < records && Ring.Wait() == WaitResult.Data)
        {
            foreach (ReadOnlySpan<byte> record in Ring.Drain())
            {
                right += numberOf(record) == read ? 1 : 0;
                read++;
            }
        }

        return right;
    }

    private Task ProduceAll(int records, Task reader, Func<int, int> lengthOf, Fill fill, int discardEvery = 0) => Task.Run(() =>
    {
        using var limit = new CancellationTokenSource(Patience);
        for (int i = 0; i < records; i++)
        {
            if (discardEvery != 0 && i % discardEvery == 0)
            {
                Simulated.Commit(ReserveWhenThereIsRoom(24, reader, limit.Token), discard: true);
            }

            SimulatedRing.Reservation reservation = ReserveWhenThereIsRoom(lengthOf(i), reader, limit.Token);
            fill(Simulated.BytesOf(reservation), i);
            Simulated.Commit(reservation);
        }
    });

    private SimulatedRing.Reservation ReserveWhenThereIsRoom(int length, Task reader, CancellationToken limit)
    {
        SimulatedRing.Reservation reservation;
        while (!Simulated.TryReserve(length, out reservation))
        {
            Assert.That(reader.IsFaulted, Is.False, "the reader failed");
            Assert.That(limit.IsCancellationRequested, Is.False, "the reader sleeps at a full ring: a wakeup was lost");
            Thread.Yield();
        }

        return reservation;
    }
}
