using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tests.Kernel;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiffKeeper.Lifecycle.Ratios.Tracking;

/// <summary>All that stands between the ring and an <c>await foreach</c>, on one thread: decoder, tracker, filter, subscription.</summary>
internal sealed class TrackedNode : IContainerSink
{
    // A record gives at most one event, and a subscription holds many more.
    private const int RecordsPerTurn = 256;

    private readonly ContainerTracker _tracker;
    private readonly IAsyncEnumerator<LifecycleEvent> _events;
    private readonly EventFilter _filter;
    private int _waiting;

    /// <param name="live">How many containers run already.</param>
    public TrackedNode(int live)
    {
        var options = new LifecycleTracerOptions { IncludeRootless = true, IncludeExecs = true };
        var subscriptions = new SubscriptionSet(options.SubscriptionCapacity);
        _filter = new EventFilter(options, subscriptions, NullLogger.Instance);
        _events = new EventStream(subscriptions, options: null, CancellationToken.None).GetAsyncEnumerator();
        // No bundles: what an engine wrote there is read once a container, and reading it is the disk's speed, not the tracker's.
        var files = new ContainerFiles(new HostFiles("/nonexistent"));
        var trust = new RuntimeTrust(RecordedChurn.Host, includeRootless: true, options.TimeProvider, NullLogger.Instance);
        _tracker = new ContainerTracker(files, trust, new BootClock(options.TimeProvider), this);
        for (int i = 0; i < live; i++)
        {
            Start(i);
            TakeAll(static _ => { });
        }
    }

    public void Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        _filter.Publish(container, lifecycleEvent);
        _waiting++;
    }

    /// <summary>Handles every record and takes every event.</summary>
    /// <returns>How many events there were.</returns>
    public int Play(IReadOnlyList<byte[]> records, Action<LifecycleEvent> take)
    {
        int taken = 0;
        for (int i = 0; i < records.Count; i++)
        {
            Handle(records[i]);
            if (i % RecordsPerTurn == 0 || i == records.Count - 1)
                taken += TakeAll(take);
        }

        return taken;
    }

    private void Start(int number)
    {
        // Beyond those of the recordings.
        int pid = 1_000_000_000 + number;
        ulong time = 1_000 + (ulong)number;
        var runtime = new RecordHeader
        {
            Kind = RecordKind.RuntimeExec,
            Flags = RecordFlags.InitialUserNamespace | RecordFlags.InitialPidNamespace,
            Pid = pid,
            RuntimePid = pid,
            Time = time,
            InvocationTime = time,
            MountNamespace = RecordedChurn.Host.MountNamespace,
            RootDevice = RecordedChurn.Host.Root.Device,
            RootInode = RecordedChurn.Host.Root.Inode,
        };
        string id = $"{number:x64}";
        string bundle = $"/run/containerd/io.containerd.runtime.v2.task/k8s.io/{id}";
        Handle(RecordBuilder.Build(in runtime, "runc", "--root", "/run/containerd/runc/k8s.io", "create", "--bundle", bundle, id));
        Handle(RecordBuilder.Build(runtime with { Kind = RecordKind.Entrypoint, Pid = pid + 500_000_000, StartTime = time, CgroupId = (ulong)pid }));
        Handle(RecordBuilder.Build(runtime with { Kind = RecordKind.RuntimeExit }));
    }

    private void Handle(byte[] bytes)
    {
        if (!LifecycleRecord.TryDecode(bytes, out LifecycleRecord record))
            throw new InvalidOperationException("A record of the recording can't be decoded.");
        _tracker.Handle(in record);
    }

    /// <summary>No more than there are: each is there at once, and nothing goes on on another thread.</summary>
    private int TakeAll(Action<LifecycleEvent> take)
    {
        int taken = 0;
        for (; _waiting > 0; _waiting--)
        {
            ValueTask<bool> next = _events.MoveNextAsync();
            if (!next.IsCompletedSuccessfully || !next.Result)
                throw new InvalidOperationException("An event that was published is not there.");
            take(_events.Current);
            taken++;
        }

        return taken;
    }
}
