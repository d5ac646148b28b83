using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Recordings;
using DiffKeeper.Lifecycle.Tests.Containers;
using DiffKeeper.Lifecycle.Tests.Kernel;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>A tracker that is recorded as a tracer's is, and a kernel that tells it what a test says.</summary>
internal sealed class RecordedTracker : IDisposable
{
    private const ulong Now = 1_000_000_000_000;

    private readonly MemoryStream _file = new();
    private readonly SessionRecorder _recorder;
    private readonly ContainerTracker _tracker;
    private readonly RecordingNode _node;
    private readonly SubscriptionSet _subscriptions;
    private readonly EventStream _events;
    private ulong _time = 1;
    private bool _isOver;

    /// <param name="file">Where it is recorded; <see langword="null"/> for memory.</param>
    /// <param name="logger">Told of a recording that ends early.</param>
    public RecordedTracker(Stream? file = null, ILogger? logger = null)
    {
        var host = new HostNamespaces(TrackerHarness.RuntimeRecord.MountNamespace, TrackerHarness.RuntimeRecord.Root);
        var options = new LifecycleTracerOptions { TimeProvider = Time };
        var session = new SessionDescription(Time.GetUtcNow(), "1.2.3.4", IncludesRootless: false, host);
        _recorder = new SessionRecorder(new RecordingFile(file ?? _file, logger ?? NullLogger.Instance), session, Time);
        _subscriptions = new SubscriptionSet(options.SubscriptionCapacity);
        _events = new EventStream(_subscriptions, options: null, CancellationToken.None);
        _node = new RecordingNode(Kernel, _recorder);
        _tracker = new ContainerTracker(
            new RecordingFiles(new ContainerFiles(new HostFiles("/nonexistent")), _recorder),
            new RuntimeTrust(host, includeRootless: false, Time, NullLogger.Instance),
            new RecordingClock(new BootClock(Time, static () => Now), _recorder),
            new EventFilter(options, _subscriptions, NullLogger.Instance));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeKernelTasks Kernel { get; } = new();

    /// <summary>As a tracer does at its start and after a loss.</summary>
    public void Reconcile(params FoundContainer[] found)
    {
        Kernel.Found = found;
        _recorder.BeginReconciliation(Now);
        _tracker.Reconcile(_node, _recorder.EndDrain, Now);
        _recorder.EndRound();
    }

    /// <summary>The whole life of a container.</summary>
    /// <param name="id">Its ID.</param>
    /// <param name="lasting">How long it runs.</param>
    public void RunContainer(string id, TimeSpan lasting = default)
    {
        const int Init = TrackerHarness.InitPid;
        ulong invocation = _time;
        Handle(TrackerHarness.RuntimeRecord, invocation, "runc", "run", "--bundle", $"/run/{id}", id);
        Handle(new RecordHeader { Kind = RecordKind.Entrypoint, Pid = Init, StartTime = invocation, RuntimePid = TrackerHarness.RuntimePid, CgroupId = invocation }, invocation);
        Time.Advance(lasting);
        Handle(new RecordHeader { Kind = RecordKind.EntrypointExit, Pid = Init, StartTime = invocation, ExitStatus = 3 << 8 }, invocation);
        Handle(new RecordHeader { Kind = RecordKind.CgroupRemoved, CgroupId = invocation }, invocation);
    }

    /// <summary>The kernel tells that it could not tell everything.</summary>
    public void Lose(ulong records) => _recorder.Lose(new LossCounters(records, 0, 0));

    /// <summary>Ends the session as a tracer's disposal does.</summary>
    /// <returns>The recording.</returns>
    public byte[] End()
    {
        _recorder.End();
        return Kill();
    }

    /// <summary>Ends the session without its end.</summary>
    /// <returns>The recording.</returns>
    public byte[] Kill()
    {
        Dispose();
        return _file.ToArray();
    }

    /// <summary>What was told of it, once it has ended.</summary>
    public Task<IReadOnlyList<string>> ToldAsync() => JsonLines.ReadAsync(_events);

    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        _recorder.Dispose();
        _subscriptions.Complete();
        _file.Dispose();
    }

    private void Handle(RecordHeader header, ulong invocation, params string[] argv)
    {
        byte[] bytes = RecordBuilder.Build(header with { Time = _time++, InvocationTime = invocation }, argv);
        _recorder.Record(bytes);
        Assert.That(LifecycleRecord.TryDecode(bytes, out LifecycleRecord record), Is.True);
        _tracker.Handle(in record);
        _recorder.EndRound();
    }
}
