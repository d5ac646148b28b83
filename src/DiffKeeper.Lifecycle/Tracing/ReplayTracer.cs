using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Recordings;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>
/// Tells of a session that was recorded, by the tracker that the session had. It is made with what ran when the session began; what followed begins with
/// the first loop over a stream, so that a consumer misses nothing of it, however late it comes.
/// </summary>
internal sealed class ReplayTracer : IRunningTracer
{
    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly Tape _tape;
    private readonly ContainerTracker _tracker;
    private readonly ReplayedNode _node;
    private readonly SubscriptionSet _subscriptions;
    private readonly ReplayTiming _timing;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Exception?> _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _replaying;

    /// <summary>What followed the session's start is timed from here.</summary>
    private long? _began;

    /// <param name="stream">Is disposed with the replay.</param>
    /// <param name="timing">When it is told what followed.</param>
    /// <param name="options">What is told.</param>
    /// <exception cref="RecordingException">It is no recording that this version can read, or damaged where it begins.</exception>
    public ReplayTracer(Stream stream, ReplayTiming timing, LifecycleTracerOptions options)
    {
        _stream = stream;
        _timing = timing;
        _timeProvider = options.TimeProvider;
        _logger = options.LoggerFactory.CreateLogger<LifecycleTracer>();
        _subscriptions = new SubscriptionSet(options.SubscriptionCapacity);
        _tape = new Tape(new RecordingReader(stream));
        _node = new ReplayedNode(_tape);

        IContainerSink sink = new EventFilter(options, _subscriptions, _logger);
        if (timing == ReplayTiming.AsFastAsPossible)
            sink = new PacedSink(sink, _subscriptions, _stop.Token);
        var trust = new RuntimeTrust(_tape.Session.Host, _tape.Session.IncludesRootless, options.TimeProvider, _logger);
        _tracker = new ContainerTracker(new ReplayedFiles(_tape), trust, new ReplayedClock(_tape), sink);
        ReplayStart();
    }

    /// <summary>A recording that has ended can still be asked, and beginning it again would tell everything twice.</summary>
    public Task<Exception?> Ended => _disposed.Task;

    public TimeSpan SinceLastRound => TimeSpan.Zero;

    public LifecycleEvent? LastEvent => _subscriptions.Last;

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default) => Subscribe(null, cancellationToken);

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Subscribe(options, cancellationToken);
    }

    public IReadOnlyList<LifecycleEvent> Snapshot()
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(ILifecycleTracer));
        return _subscriptions.Snapshot();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task? replaying;
        lock (_gate)
            replaying = _replaying;
        await (replaying ?? Task.CompletedTask).ConfigureAwait(false);
        _subscriptions.Complete();
        await _stream.DisposeAsync().ConfigureAwait(false);
        _disposed.TrySetResult(null);
    }

    private EventStream Subscribe(LifecycleSubscriptionOptions? options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(ILifecycleTracer));
        return new EventStream(_subscriptions, options, cancellationToken, Begin);
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
                _replaying ??= Task.Factory.StartNew(Replay, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Goes through what the session found when it began.</summary>
    private void ReplayStart()
    {
        try
        {
            if (_tape.Next() is { Kind: FrameKind.Round } && _tape.Next() is { Kind: FrameKind.Reconciliation } scan)
                Reconcile(scan);
        }
        catch (RecordingCutOffException)
        {
            // The log is told when it is read on.
        }
        catch (Exception e) when (e is not RecordingException)
        {
            throw RecordingReader.Damaged(e);
        }
    }

    private void Replay()
    {
        Exception? failure = null;
        _began = _timeProvider.GetTimestamp();
        try
        {
            while (_tape.Next() is { } frame)
                Handle(frame);
            TellOfGaps();
        }
        catch (RecordingCutOffException)
        {
            TellOfGaps();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It was disposed.
        }
        catch (Exception e)
        {
            failure = e as RecordingException ?? RecordingReader.Damaged(e);
        }

        _subscriptions.Complete(failure);
    }

    private void Handle(in Frame frame)
    {
        _stop.Token.ThrowIfCancellationRequested();
        switch (frame.Kind)
        {
            case FrameKind.Record:
                HandleRecord(in frame);
                break;
            case FrameKind.Reconciliation:
                Reconcile(frame);
                break;
            case FrameKind.Losses:
                LossCounters losses = frame.ReadLosses();
                _logger.RecordsLost(losses.RingFull, losses.MapsFull, losses.Skipped);
                break;
        }
    }

    private void HandleRecord(in Frame frame)
    {
        WaitUntil(frame.Arrival);
        if (LifecycleRecord.TryDecode(frame.Content, out LifecycleRecord record))
            _tracker.Handle(in record);
        else
            _logger.UndecodableRecord(frame.Content.Length);
    }

    private void Reconcile(in Frame frame)
    {
        WaitUntil(frame.Arrival);
        _tracker.Reconcile(_node, Drain, frame.ReadNow());
    }

    /// <exception cref="RecordingCutOffException">The recording ends here.</exception>
    private void Drain()
    {
        for (Frame frame = NextOrThrow(); frame.Kind != FrameKind.Drained; frame = NextOrThrow())
            HandleRecord(in frame);
    }

    // What is there of a reconciliation without its end would have it take for gone whom nobody was asked about.
    private Frame NextOrThrow() => _tape.Next() switch
    {
        { Kind: FrameKind.Record or FrameKind.Drained } frame => frame,
        null => throw new RecordingCutOffException(),
        _ => throw RecordingReader.Damaged(),
    };

    private void WaitUntil(TimeSpan arrival)
    {
        if (_timing != ReplayTiming.Recorded || _began is not { } began)
            return;
        TimeSpan left = arrival - _timeProvider.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            Task.Delay(left, _timeProvider, _stop.Token).GetAwaiter().GetResult();
    }

    private void TellOfGaps()
    {
        if (!_tape.IsWhole)
            _logger.RecordingCutOff();
        if (_tape.Missing > 0)
            _logger.AnswersMissing(_tape.Missing, _tape.Session.LibraryVersion);
    }
}
