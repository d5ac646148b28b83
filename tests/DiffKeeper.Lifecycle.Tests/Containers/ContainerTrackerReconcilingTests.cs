using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Containers;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ContainerTrackerReconcilingTests
{
    private const ulong Cgroup = 4711;

    private readonly TrackerHarness _node = new();
    private readonly FakeKernelTasks _kernel = new();

    [Test]
    public void What_runs_already_is_told_as_started_and_its_exit_is_followed()
    {
        FoundContainer self = Running("c1");

        _node.Reconcile(_kernel, self);
        _node.Reconcile(_kernel, self);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Start" }));
        Assert.That(_node.Events[0].Pid, Is.EqualTo(self.Init.Pid));
        Assert.That(_kernel.Read()[self.Init.Pid].IsEntrypoint, Is.True);
    }

    [Test]
    public void A_container_that_waits_for_its_start_is_told_as_created_and_starts_later()
    {
        FoundContainer waiting = Running("c1") with { HasStarted = static () => false };

        _node.Reconcile(_kernel, waiting);
        KernelTask task = _kernel.Read()[waiting.Init.Pid];
        _node.Enter(task.Invocation);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
    }

    [Test]
    public void Containers_that_wait_since_the_same_hundredth_of_a_second_are_told_apart()
    {
        FoundContainer first = Running("c1") with { HasStarted = static () => false };
        FoundContainer second = first with { Key = first.Key with { Id = "c2" }, Init = first.Init with { Pid = int.MaxValue } };
        _kernel.Lives.Add(second.Init);

        _node.Reconcile(_kernel, first, second);
        _node.Enter(_kernel.Read()[first.Init.Pid].Invocation, first.Init.Pid);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c2 Create", "c1 Start" }));
    }

    [Test]
    public void A_container_that_has_gone_meanwhile_is_not_told_of()
    {
        FoundContainer gone = Running("c1");

        _node.Reconcile(_kernel, gone with { Init = gone.Init with { StartTicks = gone.Init.StartTicks + 1 } });

        Assert.That(_node.Events, Is.Empty);
    }

    [Test]
    public void Records_of_what_a_scan_has_found_add_nothing()
    {
        FoundContainer found = Running("c1");
        var early = new InvocationKey(found.Init.StartNanoseconds - 1, TrackerHarness.RuntimePid);

        _node.Reconcile(_kernel, found);
        _node.Execute(header => header with { Time = early.Time, InvocationTime = early.Time }, "runc", "create", "-b", "/run/b", "c1");
        _node.EndRuntime(early);
        _node.Enter(early, found.Init.Pid, startTime: found.Init.StartNanoseconds);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Start" }));
    }

    [Test]
    public void A_start_that_was_lost_is_told_from_the_kernel_s_list()
    {
        InvocationKey create = Create();
        _kernel.Add(TrackerHarness.InitPid, create, TaskRoles.Entrypoint);

        _node.Reconcile(_kernel);
        _node.Exit();

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
    }

    [Test]
    public void A_stop_that_was_lost_is_told_without_an_exit_code()
    {
        _node.Enter(Create());

        _node.Reconcile(_kernel);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
        Assert.That(_node.Events[^1].ExitCode, Is.Null);
    }

    [Test]
    public void A_removal_that_was_lost_is_told()
    {
        _node.Enter(Create(), cgroup: Cgroup);
        _kernel.Follow(new CgroupKey(Cgroup, 0));
        _node.Exit();

        _node.Reconcile(_kernel);
        _kernel.Remove(new CgroupKey(Cgroup, 0));
        _node.Reconcile(_kernel);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop", "c1 Delete" }));
    }

    [Test]
    public void A_create_whose_end_was_lost_has_failed_if_nothing_of_it_is_left()
    {
        Create();

        _node.Reconcile(_kernel);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 CreateFailed" }));
    }

    [Test]
    public void A_create_that_goes_on_is_left_alone()
    {
        InvocationKey create = Create();
        _kernel.Add(TrackerHarness.RuntimePid, create, TaskRoles.Runtime);

        _node.Reconcile(_kernel);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create" }));
    }

    [Test]
    public void A_record_that_is_read_in_time_says_more_than_its_absence()
    {
        _node.Enter(Create());

        _node.Reconcile(_kernel, () => _node.Exit(status: 0x0300));

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
        Assert.That(_node.Events[^1].ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void A_start_that_the_kernel_skipped_is_told_when_the_container_is_found_running()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);
        FoundContainer found = Running("c1");
        _kernel.Add(found.Init.Pid, create, TaskRoles.Runtime);

        _node.Reconcile(_kernel, found);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
        Assert.That(_kernel.Read()[found.Init.Pid].IsEntrypoint, Is.True);
    }

    [Test]
    public void A_container_that_waits_for_its_start_starts_later_although_the_kernel_lost_sight_of_it()
    {
        _node.EndRuntime(Create());
        FoundContainer waiting = Running("c1") with { HasStarted = static () => false };

        _node.Reconcile(_kernel, waiting);
        _node.Reconcile(_kernel, waiting);
        _node.Enter(_kernel.Read()[waiting.Init.Pid].Invocation);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
    }

    [Test]
    public void A_container_whose_stop_is_told_while_it_is_looked_at_is_not_told_of_again()
    {
        FoundContainer dying = Running("c1");
        InvocationKey create = Create();
        _node.EndRuntime(create);
        _node.Enter(create, dying.Init.Pid, startTime: dying.Init.StartNanoseconds);

        // It is still there: the kernel tells of an exit at its beginning.
        _node.Reconcile(_kernel, () => _node.Exit(dying.Init.Pid, startTime: dying.Init.StartNanoseconds), dying);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
    }

    [Test]
    public void A_container_that_comes_to_nothing_while_it_is_looked_at_is_not_told_of_again()
    {
        FoundContainer waiting = Running("c1") with { HasStarted = static () => false };
        InvocationKey create = Create();
        _node.EndRuntime(create);

        _node.Reconcile(_kernel, () => _node.ExitUnstarted(create, status: 0x0100, pid: waiting.Init.Pid, startTime: waiting.Init.StartNanoseconds), waiting);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 CreateFailed" }));
    }

    [Test]
    public void A_stage_on_the_way_to_the_entrypoint_is_none_of_its_failures()
    {
        RunningRuntime runtime = Runtime("runc", "create", "-b", "/run/b", "c1");
        _kernel.Runtimes.Add(runtime);

        // `runc init` forks them; the kernel took them for orphans as it did not know the runtime yet.
        _node.Reconcile(_kernel, () => _node.ExitUnstarted(runtime.Record.Invocation, status: 0));
        _node.EndRuntime(runtime.Record.Invocation);
        _node.Enter(runtime.Record.Invocation);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
    }

    [Test]
    public void A_start_that_was_lost_is_told_with_its_exit()
    {
        InvocationKey create = Create();
        _node.EndRuntime(create);

        _node.Exit(invocation: create, status: 0x0300);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
        Assert.That(_node.Events[^1].ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void A_process_whose_exit_the_kernel_skipped_is_struck_off()
    {
        _kernel.Add(int.MaxValue, default, TaskRoles.Runtime);
        _kernel.IsGone.Add(int.MaxValue);

        _node.Reconcile(_kernel);

        Assert.That(_kernel.Read(), Is.Empty);
    }

    [Test]
    public void A_runtime_that_was_executed_before_anybody_looked_is_joined_with_what_it_has_forked()
    {
        RunningRuntime runtime = Runtime("runc", "create", "-b", "/run/b", "c1");
        _kernel.Runtimes.Add(runtime);
        _kernel.Forks.Add((runtime.Process.Pid, TrackerHarness.InitPid));

        _node.Reconcile(_kernel);
        _node.Reconcile(_kernel);
        _node.EndRuntime(runtime.Record.Invocation);
        _node.Enter(_kernel.Read()[TrackerHarness.InitPid].Invocation);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
        Assert.That(_kernel.Read()[runtime.Process.Pid].Argv0Hash, Is.EqualTo(KernelTask.HashArgv0("runc\0init\0"u8)).And.Not.Zero);
    }

    [Test]
    public void A_runtime_of_whose_exec_the_kernel_could_not_tell_is_joined_once()
    {
        RunningRuntime runtime = Runtime("runc", "run", "-b", "/run/b", "c1");
        var invocation = new InvocationKey(runtime.Record.Time + 1, runtime.Process.Pid);
        _kernel.Runtimes.Add(runtime);
        _kernel.Add(runtime.Process.Pid, invocation, TaskRoles.Runtime | TaskRoles.Untold);

        _node.Reconcile(_kernel);
        _node.Enter(invocation);
        _node.Exit();
        _node.Reconcile(_kernel);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
    }

    [Test]
    public void A_runtime_of_whose_exec_the_kernel_has_told_is_not_joined()
    {
        RunningRuntime runtime = Runtime("runc", "run", "-b", "/run/b", "c1");
        _kernel.Runtimes.Add(runtime);
        _kernel.Add(runtime.Process.Pid, new InvocationKey(runtime.Record.Time + 1, runtime.Process.Pid), TaskRoles.Runtime);

        _node.Reconcile(_kernel);

        Assert.That(_node.Events, Is.Empty);
    }

    [TestCase("runc", "init")]
    [TestCase("runc", "list")]
    public void A_runtime_that_changes_nothing_is_not_joined(params string[] argv)
    {
        _kernel.Runtimes.Add(Runtime(argv));

        _node.Reconcile(_kernel);

        Assert.That(_kernel.Read(), Is.Empty);
        Assert.That(_node.Events, Is.Empty);
    }

    [Test]
    public void A_container_that_starts_while_it_is_looked_at_is_told_as_started()
    {
        int asked = 0;
        FoundContainer found = Running("c1") with { HasStarted = () => asked++ > 0 };

        _node.Reconcile(_kernel, found);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Start" }));
        Assert.That(_kernel.Read()[found.Init.Pid].IsEntrypoint, Is.True);
    }

    [Test]
    public void A_waiting_container_that_the_kernel_follows_from_a_runtime_that_has_ended_starts_later()
    {
        FoundContainer waiting = Running("c1") with { HasStarted = static () => false };
        var ended = new InvocationKey(1, TrackerHarness.RuntimePid);
        _kernel.Add(waiting.Init.Pid, ended, TaskRoles.Runtime);

        _node.Reconcile(_kernel, waiting);
        _node.Enter(ended);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start" }));
    }

    [Test]
    public void A_container_whose_process_can_still_be_seen_when_its_exit_was_told_is_not_taken_for_another_life()
    {
        FoundContainer dying = Running("c1");
        InvocationKey invocation = Create();
        _node.Enter(invocation, dying.Init.Pid, startTime: dying.Init.StartNanoseconds);
        _node.Exit(dying.Init.Pid, startTime: dying.Init.StartNanoseconds);

        _node.Reconcile(_kernel, dying);

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop" }));
    }

    [Test]
    public void Another_life_of_a_container_ends_the_one_that_is_known()
    {
        InvocationKey first = Create();
        _node.EndRuntime(first);
        _node.Enter(first);
        _kernel.Add(TrackerHarness.InitPid, first, TaskRoles.Entrypoint);

        _node.Reconcile(_kernel, Running("c1"));

        Assert.That(_node.Told, Is.EqualTo(new[] { "c1 Create", "c1 Start", "c1 Stop", "c1 Delete", "c1 Start" }));
    }

    private InvocationKey Create() => _node.Execute("runc", "create", "-b", "/run/b", "c1");

    /// <summary>With this process as the runtime's, which surely lives.</summary>
    private static RunningRuntime Runtime(params string[] argv)
    {
        ProcessIdentity self = ProcessFiles.Identify(Environment.ProcessId)!.Value;
        return new RunningRuntime
        {
            Process = self,
            Argv = System.Text.Encoding.UTF8.GetBytes(string.Concat(argv.Select(static argument => argument + '\0'))),
            Record = TrackerHarness.RuntimeRecord with
            {
                Pid = self.Pid,
                Time = self.StartNanoseconds,
                InvocationTime = self.StartNanoseconds,
                RuntimePid = self.Pid,
            },
        };
    }

    /// <summary>With this process as its init process, which surely lives.</summary>
    private static FoundContainer Running(string id) => new()
    {
        Key = new ContainerKey("/run/runc", id),
        Init = ProcessFiles.Identify(Environment.ProcessId)!.Value,
        HasStarted = static () => true,
        Cgroup = default,
        Argv = new RuntimeArguments("runc", Root: "", "/run/b", id).ToArgv(),
    };
}
