using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>What has to hold of an OCI runtime that is called without any engine.</summary>
public abstract class BareRuntimeTests : ContainerLifecycleTests
{
    private BareEngine _runtime = null!;

    private protected override async Task<IContainerEngine> EngineAsync() => _runtime = await RuntimeAsync();

    private protected abstract Task<BareEngine> RuntimeAsync();

    [Test]
    public async Task A_created_container_has_not_started_before_it_is_told_to()
    {
        string id = await _runtime.CreateAsync(ContainerSpec.Lasting);
        IReadOnlyList<LifecycleEvent> created = await AllOfAsync(id);
        int pid = await Engine.InitPidAsync(id);

        await _runtime.StartCreatedAsync(id);
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);
        await Engine.RemoveAsync(id);

        Assert.That(created.Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create }));
        Assert.That(start.Pid, Is.EqualTo(pid));
    }

    [Test]
    public async Task A_container_that_is_never_started_is_created_and_deleted()
    {
        string id = await _runtime.CreateAsync(ContainerSpec.Lasting);

        await Engine.RemoveAsync(id);

        Assert.That((await LivesOfAsync(id)).Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Delete }));
    }

    [Test]
    public async Task A_container_that_waits_for_its_start_is_told_to_a_later_tracer_as_created()
    {
        BareEngine runtime = await SharedEngines.AtDefaultRootAsync(_runtime.OciRuntime);
        string id = await runtime.CreateAsync(ContainerSpec.Lasting);
        int pid = await runtime.InitPidAsync(id);

        await using LifecycleTracer later = LifecycleTracer.Create();
        await using var events = new EventRecorder(later);
        await runtime.StartCreatedAsync(id);
        LifecycleEvent start = await events.WaitForAsync(id, LifecycleState.Start);
        await runtime.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);

        Assert.That(start.Pid, Is.EqualTo(pid));
        Assert.That(events.Of(id).Select(e => (e.State, e.Existing)), Is.EqualTo(WholeLife.Select(state => (state, state == LifecycleState.Create))));
    }

    [Test]
    public async Task A_container_that_waits_for_its_start_in_vain_is_told_to_a_later_tracer_as_created_and_deleted()
    {
        BareEngine runtime = await SharedEngines.AtDefaultRootAsync(_runtime.OciRuntime);
        string id = await runtime.CreateAsync(ContainerSpec.Lasting);

        await using LifecycleTracer later = LifecycleTracer.Create();
        await using var events = new EventRecorder(later);
        await runtime.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);
        await CatchUpAsync(events);

        Assert.That(events.Of(id).Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Delete }));
    }

    [Test]
    public async Task A_container_in_the_host_s_pid_namespace_is_told_of_whole()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Exiting(4) with { HostPidNamespace = true });

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife));
        Assert.That(events[2].ExitCode, Is.EqualTo(4));
    }

    [Test]
    public async Task A_bundle_with_the_annotations_of_a_pod_gives_every_event_the_pod_s_namespace()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Exiting(0) with { Annotations = PodAnnotations.InNamespace("shop") });

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.Namespace), Is.EqualTo(new[] { "shop", "shop", "shop", "shop" }), container.Output);
    }

    [Test]
    public async Task Commands_of_the_runtime_that_make_no_container_say_nothing()
    {
        await CatchUpAsync();
        int before = Events.All.Count;

        await _runtime.CommandAsync("--version");
        await _runtime.CommandAsync("list");
        await CatchUpAsync();

        Assert.That(Events.All.Skip(before).Select(e => e.ContainerId).Distinct().Count(), Is.EqualTo(1));
    }
}
