using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Containers;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ContainerTrackerTests
{
    private const int Failed = 0x0100;
    private const int Killed = 9;
    private const ulong Cgroup = 4711;

    private readonly TrackerHarness _node = new();

    [Test]
    public void A_container_is_created_started_stopped_and_deleted()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        _node.Enter(create, cgroup: Cgroup);
        _node.Exit(status: 0x0300);
        InvocationKey delete = _node.Execute("runc", "delete", "c1");
        _node.RemoveCgroup(Cgroup);
        _node.EndRuntime(delete);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop", "c1 Delete" }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_node.Events.Select(static e => e.Pid), Is.EqualTo(new[] { 0, TrackerHarness.InitPid, TrackerHarness.InitPid, TrackerHarness.InitPid }));
            Assert.That(_node.Events.Select(static e => e.Bundle), Is.All.EqualTo("/run/b"));
            Assert.That(_node.Events.Select(static e => e.Runtime), Is.All.EqualTo("runc"));
            Assert.That(_node.Events.Select(static e => e.ExitCode), Is.EqualTo(new int?[] { null, null, 3, null }));
            Assert.That(_node.Events.Select(static e => e.ProcessStartTime is null), Is.EqualTo(new[] { true, false, false, false }));
            Assert.That(_node.Events.Select(static e => e.Timestamp), Is.Ordered);
            Assert.That(_node.Lives.Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void The_kernel_says_where_a_container_s_cgroup_is_though_its_process_has_gone_by_now()
    {
        _node.Enter(Create(), cgroup: Cgroup, cgroupNames: ["docker-c1.scope", "system.slice"]);

        Assert.That(_node.Events[^1].CgroupPath, Is.EqualTo("/system.slice/docker-c1.scope"));
    }

    [Test]
    public void A_signal_and_the_OOM_killer_are_told_of()
    {
        _node.Enter(Create());
        _node.Exit(status: Killed, flags: RecordFlags.OomKilled);

        Assert.That((_node.Events[^1].ExitCode, _node.Events[^1].Signal, _node.Events[^1].OomKilled), Is.EqualTo((137, 9, true)));
    }

    [Test]
    public void What_an_exec_brings_into_a_running_container_is_an_exec()
    {
        _node.Enter(Create());
        InvocationKey exec = _node.Execute("runc", "exec", "--process", "/tmp/p", "c1");
        _node.Enter(exec, pid: 300);
        _node.Exit(pid: 300);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Exec" }));
        Assert.That(_node.Events[^1].Pid, Is.EqualTo(TrackerHarness.InitPid));
    }

    [Test]
    public void A_detached_runtime_may_end_before_the_entrypoint_is_executed()
    {
        InvocationKey run = _node.Execute("runc", "run", "-d", "-b", "/run/b", "c1");
        _node.EndRuntime(run);
        _node.Enter(run);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
    }

    [Test]
    public void An_exec_before_the_start_is_not_taken_for_it()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        _node.Enter(_node.Execute("runc", "exec", "c1", "true"), pid: 300);
        _node.Exit(pid: 300);
        _node.Enter(create);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
        Assert.That(_node.Events[^1].Pid, Is.EqualTo(TrackerHarness.InitPid));
    }

    [Test]
    public void A_wrapper_that_executes_the_runtime_creates_one_container()
    {
        InvocationKey outer = _node.Execute("nvidia-container-runtime", "create", "-b", "/run/b", "c1");
        InvocationKey inner = Create();
        _node.EndRuntime(inner);
        _node.EndRuntime(outer);
        _node.Enter(inner);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
    }

    [Test]
    public void A_wrapper_whose_runtime_fails_fails_once()
    {
        InvocationKey outer = _node.Execute("nvidia-container-runtime", "create", "-b", "/run/b", "c1");
        _node.EndRuntime(Create(), Failed);
        _node.EndRuntime(outer, Failed);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 CreateFailed" }));
    }

    [Test]
    public void A_restart_is_another_life()
    {
        InvocationKey first = Create();
        _node.EndRuntime(first);
        _node.Enter(first, cgroup: Cgroup);
        _node.Exit();
        _node.RemoveCgroup(Cgroup);
        InvocationKey second = Create();
        _node.EndRuntime(second);
        _node.Enter(second, pid: 201, cgroup: Cgroup + 1);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop", "c1 Delete", "c1 Create", "c1 Start" }));
        Assert.That(_node.Lives.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_create_that_fails_is_told_of_and_leaves_nothing_that_could_start()
    {
        InvocationKey failed = Create();
        _node.EndRuntime(failed, Failed);
        _node.Enter(failed);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 CreateFailed" }));
    }

    [Test]
    public void A_create_for_an_ID_that_is_taken_does_not_end_the_container_that_has_it()
    {
        _node.Enter(Create(), cgroup: Cgroup);
        _node.EndRuntime(Create(), Failed);
        _node.Exit();
        _node.RemoveCgroup(Cgroup);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Create", "c1 CreateFailed", "c1 Stop", "c1 Delete" }));
    }

    [Test]
    public void An_entrypoint_that_cannot_be_executed_fails_the_container()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        _node.ExitUnstarted(create, Failed);
        _node.EndRuntime(_node.Execute("runc", "delete", "--force", "c1"));

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 CreateFailed" }));
    }

    [Test]
    public void An_init_process_that_the_OOM_killer_takes_fails_the_container()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        _node.ExitUnstarted(create, Killed, RecordFlags.OomKilled);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 CreateFailed" }));
    }

    [Test]
    public void A_container_that_is_removed_before_its_start_is_deleted()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        InvocationKey delete = _node.Execute("runc", "delete", "--force", "c1");
        _node.ExitUnstarted(create, Killed);
        _node.EndRuntime(delete);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Delete" }));
    }

    [Test]
    public void A_container_without_a_cgroup_of_its_own_is_deleted_by_its_runtime()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        _node.Enter(create);
        _node.Exit();
        _node.EndRuntime(_node.Execute("runc", "delete", "c1"), Failed);
        _node.EndRuntime(_node.Execute("runc", "delete", "c1"));

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop", "c1 Delete" }));
    }

    [Test]
    public void The_same_ID_in_another_state_directory_is_another_container()
    {
        InvocationKey one = _node.Execute("runc", "--root", "/run/a", "create", "-b", "/run/b1", "c1");
        InvocationKey other = _node.Execute("runc", "--root", "/run/b", "create", "-b", "/run/b2", "c1");
        _node.EndRuntime(one);
        _node.EndRuntime(other);
        _node.EndRuntime(_node.Execute("runc", "--root", "/run/b", "delete", "c1"));
        _node.Enter(one);

        Assert.That(_node.Events.Select(static e => $"{e.Bundle} {e.State}"), Is.EqualTo(new[] { "/run/b1 Create", "/run/b2 Create", "/run/b2 Delete", "/run/b1 Start" }));
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
        InvocationKey invocation = _node.Execute(argv);
        _node.Enter(invocation);
        _node.Exit();
        _node.EndRuntime(invocation);

        Assert.That(_node.Events, Is.Empty);
    }

    [Test]
    public void A_user_s_program_that_is_named_runc_is_refused_and_counted()
    {
        _node.Execute(static header => header with { Uid = 1000 }, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_node.Events, Is.Empty);
        Assert.That(_node.Trust.Refused, Is.EqualTo(1));
    }

    [Test]
    public void The_root_of_another_user_namespace_is_refused()
    {
        _node.Execute(static header => header with { Flags = RecordFlags.InitialPidNamespace }, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_node.Events, Is.Empty);
    }

    [Test]
    public void Rootless_runtimes_are_believed_where_they_are_wanted()
    {
        var node = new TrackerHarness(includeRootless: true);
        node.Execute(static header => header with { Uid = 1000, Flags = RecordFlags.InitialPidNamespace }, "crun", "create", "-b", "/run/b", "c1");

        Assert.That(node.Told, Is.EqualTo(new[] { "c1 Create" }));
    }

    [TestCase(0xFE00000U, 77UL, true, TestName = "A_container_s_root_directory_on_the_node_s_device_is_not_the_node_s")]
    [TestCase(0x2AU, 2UL, true, TestName = "A_container_s_root_device_is_not_the_node_s")]
    [TestCase(0xFE00000U, 2UL, false, TestName = "Another_pid_namespace_is_not_the_node_s")]
    public void A_runtime_in_a_container_makes_nested_containers(uint device, ulong inode, bool inInitialPidNamespace)
    {
        RecordFlags flags = RecordFlags.InitialUserNamespace | (inInitialPidNamespace ? RecordFlags.InitialPidNamespace : RecordFlags.None);
        _node.Execute(
            header => header with { MountNamespace = 8, RootDevice = device, RootInode = inode, Flags = flags },
            "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_node.Events, Has.Exactly(1).Property(nameof(LifecycleEvent.Nested)).True);
    }

    [Test]
    public void A_runtime_in_a_private_mount_namespace_of_the_node_is_the_node_s()
    {
        _node.Execute(static header => header with { MountNamespace = 8 }, "runc", "create", "-b", "/run/b", "c1");

        Assert.That(_node.Events, Has.Exactly(1).Property(nameof(LifecycleEvent.Nested)).False);
    }

    private InvocationKey Create() => _node.Execute("runc", "create", "--bundle", "/run/b", "c1");
}
