using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>What has to hold of every engine's containers.</summary>
[Category("Kernel")]
[CancelAfter(120_000)]
public abstract partial class ContainerLifecycleTests : TracedFixture
{
    private protected static readonly LifecycleState[] WholeLife = [LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];

    [Test]
    public async Task A_container_is_created_started_stopped_and_deleted_once_and_in_that_order()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Exiting(3));

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(container.ExitCode, Is.EqualTo(3), container.Output);
        Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Runtime)).EqualTo(Engine.Runtime));
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.OciRuntime)).EqualTo(Engine.OciRuntime));
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Namespace)).EqualTo(Engine.KubernetesNamespace));
            Assert.That(events.Select(e => e.Bundle), Has.All.EqualTo(Engine.BundleOf(container.Id)));
            Assert.That(events.Select(e => e.Timestamp), Is.Ordered.And.All.Property(nameof(DateTimeOffset.Offset)).EqualTo(TimeSpan.Zero));
            Assert.That(events[0].Pid, Is.Zero);
            Assert.That(events[1].Pid, Is.Positive);
            Assert.That(events.Skip(2), Has.All.Property(nameof(LifecycleEvent.Pid)).EqualTo(events[1].Pid));
            Assert.That(events[0].ProcessStartTime, Is.Null);
            Assert.That(events[1].ProcessStartTime, Is.GreaterThan(events[0].Timestamp).And.LessThan(events[1].Timestamp));
            Assert.That(events.Skip(2), Has.All.Property(nameof(LifecycleEvent.ProcessStartTime)).EqualTo(events[1].ProcessStartTime));
            Assert.That(events.Select(e => e.Sequence), Is.Ordered.And.Unique);
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Existing)).False);
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Nested)).False);
            Assert.That(events.Select(e => e.ExitCode), Is.EqualTo(new int?[] { null, null, 3, null }));
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Signal)).Null);
            Assert.That(events, Has.All.Property(nameof(LifecycleEvent.OomKilled)).False);
        }
    }

    [Test]
    public async Task The_pid_is_that_of_the_init_process_as_the_engine_itself_names_it()
    {
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);

        int pid = await Engine.InitPidAsync(id);
        await Engine.RemoveAsync(id);

        Assert.That(start.Pid, Is.EqualTo(pid));
    }

    [Test]
    public async Task A_killed_container_stops_with_the_signal_and_128_more_as_its_exit_code()
    {
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        await Events.WaitForAsync(id, LifecycleState.Start);

        await Engine.SignalAsync(id, ProcessSignal.Kill);
        LifecycleEvent stop = await Events.WaitForAsync(id, LifecycleState.Stop);
        await Engine.RemoveAsync(id);

        Assert.That((stop.ExitCode, stop.Signal, stop.OomKilled), Is.EqualTo((137, 9, false)));
        Assert.That((await LivesOfAsync(id)).Select(e => e.State), Is.EqualTo(WholeLife));
    }

    [Test]
    public async Task A_container_that_handles_SIGTERM_stops_with_its_own_exit_code_and_without_a_signal()
    {
        string id = await Engine.StartAsync(ContainerSpec.ExitingOnTerminate(7));
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);
        await ProcessSignal.WaitUntilHandledAsync(start.Pid, ProcessSignal.Terminate);

        await Engine.SignalAsync(id, ProcessSignal.Terminate);
        LifecycleEvent stop = await Events.WaitForAsync(id, LifecycleState.Stop);
        await Engine.RemoveAsync(id);

        Assert.That((stop.ExitCode, stop.Signal), Is.EqualTo((7, (int?)null)));
    }

    [TestCase("/no/such/program")]
    [TestCase(BusyboxLayer.NotExecutable)]
    [TestCase(BusyboxLayer.WithoutInterpreter)]
    public async Task A_container_whose_entrypoint_cannot_be_executed_fails_to_be_created_and_nothing_follows(string entrypoint)
    {
        FinishedContainer container = await Engine.RunAsync(new ContainerSpec(entrypoint));

        await Events.WaitForAsync(container.Id, LifecycleState.CreateFailed);
        IReadOnlyList<LifecycleEvent> events = await AllOfAsync(container.Id);

        Assert.That(container.ExitCode, Is.Not.Zero);
        Assert.That(events.Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.CreateFailed }), container.Output);
    }

    [Test]
    public async Task The_shortest_container_is_told_of_whole()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Shortest);

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife), container.Output);
        Assert.That(events[2].ExitCode, Is.Zero);
    }

    [Test]
    public async Task An_entrypoint_that_executes_further_programs_has_started_only_once()
    {
        FinishedContainer container = await Engine.RunAsync(new ContainerSpec("sh", "-c", "true; cat /dev/null; exec sh -c 'exit 8'"));

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife), container.Output);
        Assert.That(events[2].ExitCode, Is.EqualTo(8));
    }

    [Test]
    public async Task A_container_that_takes_more_memory_than_it_may_is_told_of_as_killed_for_it()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.OutOfMemory);

        LifecycleEvent stop = await Events.WaitForAsync(container.Id, LifecycleState.Stop);

        Assert.That((stop.ExitCode, stop.Signal, stop.OomKilled), Is.EqualTo((137, 9, true)), container.Output);
    }

    [Test]
    public async Task A_process_that_enters_the_container_is_told_of_to_whom_asks_for_it()
    {
        await using LifecycleTracer curious = LifecycleTracer.Create(new LifecycleTracerOptions { IncludeExecs = true });
        await using var events = new EventRecorder(curious);
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        LifecycleEvent start = await events.WaitForAsync(id, LifecycleState.Start);

        await Engine.ExecAsync(id, "true");
        LifecycleEvent exec = await events.WaitForAsync(id, LifecycleState.Exec);
        await Engine.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);

        Assert.That(exec with { State = start.State, Timestamp = start.Timestamp, Sequence = start.Sequence }, Is.EqualTo(start));
        Assert.That(events.Of(id).Select(e => e.State), Is.EqualTo(new[]
        {
            LifecycleState.Create, LifecycleState.Start, LifecycleState.Exec, LifecycleState.Stop, LifecycleState.Delete,
        }));
        Assert.That((await LivesOfAsync(id)).Select(e => e.State), Is.EqualTo(WholeLife));
    }

    [Test]
    public async Task Twenty_containers_at_once_are_each_told_of_whole_with_their_own_exit_codes()
    {
        FinishedContainer[] containers = await Task.WhenAll(Enumerable.Range(1, 20).Select(code => Engine.RunAsync(ContainerSpec.Exiting(code))));

        Assert.That(containers.Select(c => c.ExitCode), Is.EqualTo(Enumerable.Range(1, 20)), containers[0].Output);
        using (Assert.EnterMultipleScope())
        {
            foreach (FinishedContainer container in containers)
            {
                IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);
                Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife), container.Id);
                Assert.That(events.Select(e => e.ExitCode), Has.Exactly(1).EqualTo(container.ExitCode), container.Id);
            }
        }
    }
}
