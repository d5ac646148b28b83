using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tests.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>A tracker, and a kernel that tells it what a test says.</summary>
internal sealed class TrackerHarness : IContainerSink
{
    // Beyond the largest that Linux gives (PID_MAX_LIMIT, 4,194,304): no process of this machine has them.
    public const int RuntimePid = 100_000_000;
    public const int InitPid = 200_000_000;

    private static readonly HostNamespaces Host = new(7, new RootDirectory(0xFE00000, 2));

    // Long after every time that the tests use.
    private const ulong Now = 1_000_000_000_000;
    private const ulong Step = 20_000_000;

    private readonly ContainerTracker _tracker;
    private ulong _time = Step;

    public TrackerHarness(bool includeRootless = false)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Trust = new RuntimeTrust(Host, includeRootless, time, NullLogger.Instance);
        _tracker = new ContainerTracker(new ContainerIdentifier(new HostFiles("/nonexistent")), Trust, new BootClock(time, static () => Now), this);
    }

    /// <summary>The exec of an OCI runtime by the node's root.</summary>
    public static RecordHeader RuntimeRecord => new()
    {
        Kind = RecordKind.RuntimeExec,
        Flags = RecordFlags.InitialUserNamespace | RecordFlags.InitialPidNamespace,
        Pid = RuntimePid,
        RuntimePid = RuntimePid,
        MountNamespace = Host.MountNamespace,
        RootDevice = Host.Root.Device,
        RootInode = Host.Root.Inode,
    };

    public List<LifecycleEvent> Events { get; } = [];

    /// <summary>Which life each event belongs to.</summary>
    public List<Container> Lives { get; } = [];

    public RuntimeTrust Trust { get; }

    public IEnumerable<string> Told => Events.Select(static e => $"{e.ContainerId} {e.State}");

    public void Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        Events.Add(lifecycleEvent);
        Lives.Add(container);
    }

    /// <summary>Executes an OCI runtime as the node's root does.</summary>
    public InvocationKey Execute(params string[] argv) => Execute(static header => header, argv);

    public InvocationKey Execute(Func<RecordHeader, RecordHeader> change, params string[] argv)
    {
        RecordHeader of = Of(new InvocationKey(_time + Step, RuntimePid));
        RecordHeader header = change(RuntimeRecord with { Time = of.Time, InvocationTime = of.InvocationTime });
        Handle(in header, argv);
        return header.Invocation;
    }

    public void EndRuntime(InvocationKey invocation, int status = 0)
        => Handle(Of(invocation) with { Kind = RecordKind.RuntimeExit, Pid = RuntimePid, ExitStatus = status });

    public void Enter(InvocationKey invocation, int pid = InitPid, ulong cgroup = 0, ulong? startTime = null, params string[] cgroupNames)
        => Handle(Of(invocation) with { Kind = RecordKind.Entrypoint, Pid = pid, StartTime = startTime ?? StartOf(pid), CgroupId = cgroup }, cgroupNames);

    public void Exit(int pid = InitPid, int status = 0, RecordFlags flags = RecordFlags.None, ulong? startTime = null, InvocationKey invocation = default)
        => Handle(Of(invocation) with { Kind = RecordKind.EntrypointExit, Pid = pid, StartTime = startTime ?? StartOf(pid), ExitStatus = status, Flags = flags });

    public void ExitUnstarted(InvocationKey invocation, int status, RecordFlags flags = RecordFlags.None, int pid = InitPid, ulong? startTime = null)
        => Handle(Of(invocation) with { Kind = RecordKind.InitExit, Pid = pid, StartTime = startTime ?? StartOf(pid), ExitStatus = status, Flags = flags });

    public void RemoveCgroup(ulong cgroup) => Handle(Of(default) with { Kind = RecordKind.CgroupRemoved, CgroupId = cgroup });

    /// <param name="node">What there is, but for <paramref name="found"/>.</param>
    /// <param name="found">The containers there are.</param>
    public void Reconcile(FakeKernelTasks node, params FoundContainer[] found) => Reconcile(node, static () => { }, found);

    public void Reconcile(FakeKernelTasks node, Action whileLooking, params FoundContainer[] found)
    {
        node.Found = found;
        int drained = 0;
        _tracker.Reconcile(node, () => (drained++ == 0 ? static () => { } : whileLooking)(), Now);
    }

    /// <summary>Every process began at a time of its own, before all that is told of it.</summary>
    public static ulong StartOf(int pid) => (ulong)pid % Step;

    private RecordHeader Of(InvocationKey invocation) => new() { Time = _time += Step, InvocationTime = invocation.Time, RuntimePid = invocation.Pid };

    private void Handle(in RecordHeader header, params string[] texts)
    {
        Assert.That(LifecycleRecord.TryDecode(RecordBuilder.Build(in header, texts), out LifecycleRecord record), Is.True);
        _tracker.Handle(in record);
    }
}
