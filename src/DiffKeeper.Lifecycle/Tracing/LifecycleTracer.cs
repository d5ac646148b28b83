using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Recordings;
using DiffKeeper.Lifecycle.RingBuffers;
using DiffKeeper.Lifecycle.Telemetry;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.Logging;

// With the contracts, where a caller looks for it.
#pragma warning disable IDE0130
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

/// <summary>Traces the containers of this node with eBPF.</summary>
/// <remarks>
/// Two threads of its own take turns at reading the kernel's records and publishing events: the body of an <c>await foreach</c> that waited for one may run on
/// the other, and never holds the reading up, even if it blocks. All members are safe to call from several threads at once.
/// </remarks>
public sealed partial class LifecycleTracer : IRunningTracer, IMeasuredTracer
{
    private readonly LifecycleProgram _program;
    private readonly RingBuffer _ring;
    private readonly ContainerTracker _tracker;
    private readonly INode _node;
    private readonly ReadingTurns _turns = new();
    private readonly Action<TimeSpan> _sleep;
    private readonly SubscriptionSet _subscriptions;
    private readonly RuntimeTrust _trust;
    private readonly LifecycleMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SessionRecorder? _recorder;
    private readonly TaskCompletionSource<Exception?> _readerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _disposed;

    private LifecycleTracer(LifecycleProgram program, RingBuffer ring, LifecycleTracerOptions options)
    {
        _program = program;
        _ring = ring;
        _sleep = ring.Sleep;
        _timeProvider = options.TimeProvider;
        _metrics = LifecycleMetrics.Of(options.MeterFactory);
        _logger = options.LoggerFactory.CreateLogger<LifecycleTracer>();
        _subscriptions = new SubscriptionSet(options.SubscriptionCapacity, _turns);

        var hostFiles = new HostFiles(options.HostRoot ?? HostRoot.Find());
        var host = HostNamespaces.Read(hostFiles.Root);
        IContainerFiles files = new ContainerFiles(hostFiles);
        IBootClock clock = new BootClock(options.TimeProvider);
        _node = new LiveNode(program, new NodeScanner(hostFiles, options.IncludeRootless), options.OciRuntimes);
        if (options.RecordTo is { } path)
        {
            _recorder = SessionRecorder.Begin(path, host, options, _logger);
            files = new RecordingFiles(files, _recorder);
            clock = new RecordingClock(clock, _recorder);
            _node = new RecordingNode(_node, _recorder);
        }

        _trust = new RuntimeTrust(host, options.IncludeRootless, options.TimeProvider, _logger);
        _tracker = new ContainerTracker(files, _trust, clock, new EventFilter(options, _subscriptions, _logger));
    }

    /// <summary>
    /// Why nothing is told at the moment, in a sentence: a program is not attached any more, the reader hangs or has failed, the tracer was disposed.
    /// <see langword="null"/> while containers are traced. A program that is detached is noticed within five seconds, a reader that hangs after twenty.
    /// </summary>
    public string? Fault => _readerEnded.Task is { IsCompleted: true } ended
        ? ended.Result?.Message ?? "The tracer was disposed."
        : ((IRunningTracer)this).ReaderFault;

    Task<Exception?> IRunningTracer.Ended => _readerEnded.Task;

    TimeSpan IRunningTracer.SinceLastRound => _timeProvider.GetElapsedTime(Volatile.Read(ref _lastRound));

    LifecycleEvent? IRunningTracer.LastEvent => _subscriptions.Last;

    /// <summary>Loads the programs into the kernel, attaches them and finds what runs already: from its return on, no container is missed.</summary>
    /// <param name="options">How to trace; <see langword="null"/> for the defaults.</param>
    /// <returns>The tracer. Disposing it detaches the programs.</returns>
    /// <exception cref="PlatformNotSupportedException">This isn't Linux, or not on x64 or arm64.</exception>
    /// <exception cref="RecordingException">The file of <see cref="LifecycleTracerOptions.RecordTo"/> can't be made, or is there already.</exception>
    /// <exception cref="TracingUnavailableException">This machine or this process can't trace; its message says why and what to do.</exception>
    public static LifecycleTracer Create(LifecycleTracerOptions? options = null)
    {
        options ??= new LifecycleTracerOptions();
        LifecycleProgram program = LifecycleProgram.Load(options);
        RingBuffer? ring = null;
        LifecycleTracer? tracer = null;
        try
        {
            ring = RingBuffer.Open(program.RecordsMap);
            tracer = new LifecycleTracer(program, ring, options);
            program.Attach();
            tracer.Reconcile();
            tracer._attached = tracer._timeProvider.GetTimestamp();
            tracer._lastRound = tracer._attached;
            tracer._isSettling = true;
            tracer._logger.Attached();
            tracer._metrics.Join(tracer);
            tracer.StartThreads();
            return tracer;
        }
        catch
        {
            tracer?._recorder?.Dispose();
            ring?.Dispose();
            program.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default) => Subscribe(null, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Subscribe(options, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LifecycleEvent> Snapshot()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _subscriptions.Snapshot();
    }

    /// <summary>Detaches the programs and ends every stream after the events that it still holds.</summary>
    /// <returns>Completes when the reading has ended and the kernel holds nothing any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            try
            {
                _ring.Wake();
            }
            catch (ObjectDisposedException)
            {
                // The reader has failed, and taken the ring with it.
            }
        }

        await _readerEnded.Task.ConfigureAwait(false);
    }

    // Each figure is true by itself; they need not be of one and the same moment.
    TracerFigures IMeasuredTracer.Measure() => _subscriptions.Measure() with
    {
        RingFull = (long)_knownLosses.RingFull,
        MapsFull = (long)_knownLosses.MapsFull,
        Skipped = (long)_knownLosses.Skipped,
        Rescans = Interlocked.Read(ref _rescans),
        Refused = _trust.Refused,
        RingBytes = _ring.AvailableBytes,
        RingCapacity = _ring.Capacity,
    };

    private EventStream Subscribe(LifecycleSubscriptionOptions? options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new EventStream(_subscriptions, options, cancellationToken);
    }
}
