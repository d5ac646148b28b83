using DiffKeeper.Lifecycle.Interop;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tracing;

#pragma warning disable IDE0130 // With the other half.
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

public sealed partial class LifecycleTracer
{
    /// <summary>
    /// A scan takes milliseconds, and records come in bursts: while they are being lost, the picture is mended this often and not for every burst.
    /// </summary>
    private static readonly TimeSpan HealingInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A run that the kernel skipped leaves no record that would wake the reader, so its counter is looked at this often at least.</summary>
    private static readonly TimeSpan LossCheckInterval = TimeSpan.FromSeconds(5);

    /// <summary>What was on its way when the programs were attached is looked at again for this long: half of it happened unseen.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SettlingInterval = TimeSpan.FromMilliseconds(500);

    private long _attached;
    private bool _isSettling;
    private LossCounters _knownLosses;
    private bool _needsHealing;
    private long _lastHealed;
    private long _lastRound;
    private long _attachmentsChecked;
    private long _rescans;

    /// <summary>In ticks, since both threads read it.</summary>
    private long _untilNextRound;

    private void StartThreads()
    {
        PlanNextRound();
        for (int i = 0; i < 2; i++)
            new Thread(TakeTurns) { Name = "diffkeeper reader", IsBackground = true }.Start();
    }

    private void TakeTurns()
    {
        while (Read() is { } subscriber)
            subscriber();
    }

    /// <summary>Reads until there is a subscriber to go on with and the other thread is there to read, or until the end.</summary>
    private Action? Read()
    {
        try
        {
            while (!_turns.HaveEnded)
            {
                if (TryTakeTurn() && TakeTurn() is { } subscriber)
                    return subscriber;
            }
        }
        catch (Exception e)
        {
            // Whatever it was, nobody may go on waiting for events that can't come. If the other thread reads, it comes across the same.
            if (_turns.AreMine || _turns.TryBegin())
            {
                TellOfFailure(e);
                End(e);
            }
        }

        return null;
    }

    /// <summary>Sleeps until the kernel has something or it is time for a round, and this thread is the one to see to it.</summary>
    private bool TryTakeTurn()
    {
        bool isNeeded = _disposed || _ring.HasRecord;
        if (isNeeded && _turns.TryBegin())
            return true;
        _turns.Sleep(_sleep, new TimeSpan(Volatile.Read(ref _untilNextRound)));
        return _turns.TryBegin();
    }

    /// <returns>The subscriber to go on with, if any.</returns>
    private Action? TakeTurn()
    {
        if (_disposed)
        {
            // What had happened by the time of disposing is told.
            DrainAll();
            _recorder?.End();
            End(failure: null);
            return null;
        }

        ReadOn();
        Action? subscriber = _turns.End(mayLeave: _untilNextRound == LossCheckInterval.Ticks);
        // The other thread was woken in vain while this one read; now it is told once more.
        if (subscriber is not null && (_disposed || _ring.HasRecord))
            _ring.Nudge();
        return subscriber;
    }

    /// <summary>Passes on what the kernel has, and mends what was lost.</summary>
    private void ReadOn()
    {
        Volatile.Write(ref _lastRound, _timeProvider.GetTimestamp());
        Drain();
        CountLosses();
        CheckAttachments();
        if (UntilHealing() == TimeSpan.Zero)
            Reconcile();
        PlanNextRound();
        _recorder?.EndRound();
    }

    private void PlanNextRound() => Volatile.Write(ref _untilNextRound, UntilHealing().Ticks);

    private void End(Exception? failure)
    {
        _metrics.Leave(this);
        _ring.Dispose();
        _program.Dispose();
        _subscriptions.Complete(failure is null ? null : new TracingInterruptedException(failure));
        _turns.EndAll();
        _recorder?.Dispose();
        _readerEnded.SetResult(failure);
    }

    private void TellOfFailure(Exception failure)
    {
        try
        {
            _logger.ReaderFailed(failure);
        }
        catch (Exception)
        {
            // It may be the logger itself that failed, and nothing that is thrown here would end but the process. The streams tell of it, too.
        }
    }

    private void Drain()
    {
        foreach (ReadOnlySpan<byte> bytes in _ring.Drain())
            Handle(bytes);
    }

    private void Handle(ReadOnlySpan<byte> bytes)
    {
        _recorder?.Record(bytes);
        if (LifecycleRecord.TryDecode(bytes, out LifecycleRecord record))
            _tracker.Handle(in record);
        else
            _logger.UndecodableRecord(bytes.Length);
    }

    private void CountLosses()
    {
        LossCounters losses = _program.ReadLosses();
        if (losses == _knownLosses)
            return;
        _knownLosses = losses;
        _needsHealing = true;
        _recorder?.Lose(losses);
        _logger.RecordsLost(losses.RingFull, losses.MapsFull, losses.Skipped);
    }

    private void CheckAttachments()
    {
        if (_timeProvider.GetElapsedTime(_attachmentsChecked) < LossCheckInterval)
            return;
        _program.EnsureAttached();
        _attachmentsChecked = _timeProvider.GetTimestamp();
    }

    /// <summary>Zero when it is time to mend the picture.</summary>
    private TimeSpan UntilHealing()
    {
        _isSettling = _isSettling && _tracker.HasUnstarted && _timeProvider.GetElapsedTime(_attached) < SettlingTime;
        if (!_needsHealing && !_isSettling)
            return LossCheckInterval;
        TimeSpan left = (_needsHealing ? HealingInterval : SettlingInterval) - _timeProvider.GetElapsedTime(_lastHealed);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Reconcile()
    {
        if (_needsHealing)
            Interlocked.Increment(ref _rescans);
        _needsHealing = false;
        ulong now = LibC.BoottimeNanoseconds;
        _recorder?.BeginReconciliation(now);
        _tracker.Reconcile(_node, DrainAllOfStep, now);
        _lastHealed = _timeProvider.GetTimestamp();
        // What was lost meanwhile wakes nobody.
        CountLosses();
    }

    private void DrainAllOfStep()
    {
        DrainAll();
        _recorder?.EndDrain();
    }

    /// <summary>Handles what the ring holds now; a flood that goes on does not keep it here.</summary>
    private void DrainAll()
    {
        long end = _ring.ProducerPosition;
        long before;
        do
        {
            before = _ring.ConsumerPosition;
            Drain();
        }
        while (_ring.ConsumerPosition < end && _ring.ConsumerPosition > before);
    }
}
