using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tests.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class ContainerTrackerTests
{
    private const uint HostMountNamespace = 7;
    private const uint HostRootDevice = 0xFE00000;
    private const int RuntimePid = 100;
    private const int InitPid = 200;
    private const int ExitedWith3 = 0x0300;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<LifecycleEvent> _events = [];
    private ContainerTracker _tracker;
    private ulong _time;

    [SetUp]
    public void CreateTracker()
    {
        _time = 1_000;
        _events.Clear();
        _tracker = new ContainerTracker(
            new ContainerIdentifier(new HostFiles()),
            new HostNamespaces(HostMountNamespace, HostRootDevice),
            new BootClock(new FakeTimeProvider(Now), static () => 1_000_000),
            _events.Add,
            NullLogger.Instance);
    }

    [Test]
    public void A_container_is_created_started_and_stopped()
    {
        ulong invocation = Execute("runc", "create", "--bundle", "/run/b", "c1");
        EndRuntime(invocation);
        Enter(invocation);
        Exit(invocation, ExitedWith3);

        Assert.That(States, Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_events.Select(static e => e.ContainerId), Is.All.EqualTo("c1"));
            Assert.That(_events.Select(static e => e.Pid), Is.EqualTo(new[] { 0, InitPid, InitPid }));
            Assert.That(_events.Select(static e => e.Bundle), Is.All.EqualTo("/run/b"));
            Assert.That(_events.Select(static e => e.Runtime), Is.All.EqualTo("runc"));
            Assert.That(_events.Select(static e => e.ExitCode), Is.EqualTo(new int?[] { null, null, 3 }));
            Assert.That(_events.Select(static e => e.Timestamp), Is.Ordered);
        }
    }

    [Test]
    public void A_signal_and_the_OOM_killer_are_told_of()
    {
        ulong invocation = Execute("runc", "run", "-b", "/run/b", "c1");
        Enter(invocation);
        Exit(invocation, status: 9, RecordFlags.OomKilled);

        Assert.That(_events[^1], Has.Property(nameof(LifecycleEvent.ExitCode)).EqualTo(137));
        Assert.That(_events[^1], Has.Property(nameof(LifecycleEvent.Signal)).EqualTo(9));
        Assert.That(_events[^1], Has.Property(nameof(LifecycleEvent.OomKilled)).True);
    }

    [Test]
    public void What_an_exec_brings_into_a_container_is_no_start()
    {
        ulong create = Execute("runc", "create", "-b", "/run/b", "c1");
        Enter(create);
        ulong exec = Execute("runc", "exec", "--process", "/tmp/p", "c1");
        Enter(exec, pid: 300);
        Exit(exec, status: 0, pid: 300);

        Assert.That(States, Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start }));
    }

    [Test]
    public void A_wrapper_that_executes_the_runtime_creates_one_container()
    {
        Execute("nvidia-container-runtime", "create", "-b", "/run/b", "c1");
        ulong inner = Execute("runc", "create", "-b", "/run/b", "c1");
        Enter(inner);

        Assert.That(States, Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start }));
    }

    [Test]
    public void A_container_that_starts_again_is_created_again()
    {
        ulong first = Execute("runc", "create", "-b", "/run/b", "c1");
        EndRuntime(first);
        Enter(first);
        Exit(first, status: 0);
        ulong second = Execute("runc", "create", "-b", "/run/b", "c1");
        EndRuntime(second);
        Enter(second, pid: 201);

        Assert.That(States, Is.EqualTo(new[]
        {
            LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Create, LifecycleState.Start,
        }));
        Assert.That(_events[^1].Pid, Is.EqualTo(201));
    }

    [Test]
    public void A_create_that_failed_leaves_nothing_that_could_start()
    {
        ulong failed = Execute("runc", "create", "-b", "/run/b", "c1");
        EndRuntime(failed, status: 0x0100);
        Enter(failed);

        Assert.That(States, Is.EqualTo(new[] { LifecycleState.Create }));
    }

    [Test]
    public void A_container_deleted_before_its_start_is_forgotten()
    {
        ulong create = Execute("runc", "create", "-b", "/run/b", "c1");
        EndRuntime(create);
        Execute("runc", "delete", "--force", "c1");
        Enter(create);

        Assert.That(States, Is.EqualTo(new[] { LifecycleState.Create }));
    }

    [TestCase("runc", "start", "c1")]
    [TestCase("runc", "kill", "c1", "KILL")]
    [TestCase("runc", "state", "c1")]
    [TestCase("runc", "create", "-b", "/run/b", "../c1")]
    [TestCase("runc", "create", "-b", "/run/b", "--", "-rf")]
    [TestCase("runc", "--version")]
    [TestCase("runc")]
    public void A_command_that_creates_nothing_is_no_event(params string[] argv)
    {
        ulong invocation = Execute(argv);
        Enter(invocation);
        Exit(invocation, status: 0);

        Assert.That(_events, Is.Empty);
    }

    [Test]
    public void A_user_s_program_that_is_named_runc_creates_nothing()
    {
        RecordHeader header = Runtime() with { Uid = 1000 };
        Handle(in header, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_events, Is.Empty);
    }

    [Test]
    public void The_root_of_another_user_namespace_creates_nothing()
    {
        RecordHeader header = Runtime() with { Flags = RecordFlags.None };
        Handle(in header, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_events, Is.Empty);
    }

    [Test]
    public void A_program_in_a_container_creates_nothing()
    {
        RecordHeader header = Runtime() with { MountNamespace = 8, RootDevice = 0x2A };
        Handle(in header, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_events, Is.Empty);
    }

    [Test]
    public void A_runtime_in_a_private_mount_namespace_of_the_node_is_believed()
    {
        RecordHeader header = Runtime() with { MountNamespace = 8 };
        Handle(in header, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(States, Is.EqualTo(new[] { LifecycleState.Create }));
    }

    private IEnumerable<LifecycleState> States => _events.Select(static e => e.State);

    private ulong Execute(params string[] argv)
    {
        RecordHeader header = Runtime();
        Handle(in header, argv);
        return header.InvocationTime;
    }

    private void EndRuntime(ulong invocation, int status = 0)
        => Handle(Of(invocation) with { Kind = RecordKind.RuntimeExit, Pid = RuntimePid, ExitStatus = status });

    private void Enter(ulong invocation, int pid = InitPid)
        => Handle(Of(invocation) with { Kind = RecordKind.Entrypoint, Pid = pid });

    private void Exit(ulong invocation, int status, RecordFlags flags = RecordFlags.None, int pid = InitPid)
        => Handle(Of(invocation) with { Kind = RecordKind.EntrypointExit, Pid = pid, ExitStatus = status, Flags = flags });

    private RecordHeader Runtime()
        => Of(_time + 1) with
        {
            Kind = RecordKind.RuntimeExec,
            Flags = RecordFlags.InitialUserNamespace,
            Pid = RuntimePid,
            MountNamespace = HostMountNamespace,
            RootDevice = HostRootDevice,
        };

    private RecordHeader Of(ulong invocation) => new() { Time = ++_time, InvocationTime = invocation, RuntimePid = RuntimePid };

    private void Handle(in RecordHeader header, params string[] argv)
    {
        Assert.That(LifecycleRecord.TryDecode(RecordBuilder.Build(in header, argv), out LifecycleRecord record), Is.True);
        _tracker.Handle(in record);
    }
}
