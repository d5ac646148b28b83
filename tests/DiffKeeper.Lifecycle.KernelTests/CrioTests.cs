using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>What has to hold of CRI-O's containers, whatever OCI runtime it uses.</summary>
public abstract class CrioTests : ContainerLifecycleTests
{
    private CrioEngine _crio = null!;

    private protected override async Task<IContainerEngine> EngineAsync() => _crio = await CrioAsync();

    private protected abstract Task<CrioEngine> CrioAsync();

    [Test]
    public async Task A_container_bears_its_pod_s_name_and_its_own_on_every_event()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Shortest);

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        CrioPod pod = _crio.Pod;
        Assert.That(events.Select(e => (e.Namespace, e.PodName, e.PodUid, e.ContainerName, e.Image, e.Sandbox)), Has.Exactly(WholeLife.Length).Items
            .And.All.EqualTo((pod.Namespace, pod.Name, pod.Uid, "web", BusyboxImage.Name, false)));
        Assert.That(events, Has.All.Property(nameof(LifecycleEvent.CgroupPath)).EqualTo($"{pod.CgroupPath}/crio-{container.Id}"));
        Assert.That(events, Has.All.Property(nameof(LifecycleEvent.RuntimeNamespace)).Null);
    }

    [Test]
    public async Task A_pod_without_an_infra_container_says_nothing_of_a_sandbox()
    {
        CrioPod pod = await _crio.RunPodAsync(hasInfraContainer: false);
        string id = await _crio.StartAsync(pod, ContainerSpec.Lasting);
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);

        await using LifecycleTracer later = LifecycleTracer.Create();
        IReadOnlyList<LifecycleEvent> existing = later.Snapshot();
        await Engine.RemoveAsync(id);

        Assert.That((start.Namespace, start.PodName), Is.EqualTo((pod.Namespace, pod.Name)));
        Assert.That(existing.Select(e => e.ContainerId), Does.Contain(id).And.Not.Contain(pod.SandboxId));
        Assert.That(await AllOfAsync(pod.SandboxId), Is.Empty);
    }

    [Test]
    public async Task An_infra_container_is_its_pod_s_sandbox_and_shares_its_pid_namespace_with_the_containers()
    {
        CrioPod pod = await _crio.RunPodAsync(hasInfraContainer: true);
        string id = await _crio.StartAsync(pod, ContainerSpec.Lasting);
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);
        int pid = await Engine.InitPidAsync(id);
        await _crio.ExecAsync(id, "true");
        await Engine.RemoveAsync(id);
        await Engine.RemoveAsync(pod.SandboxId);

        IReadOnlyList<LifecycleEvent> sandbox = await LivesOfAsync(pod.SandboxId);

        Assert.That(start.Pid, Is.EqualTo(pid));
        Assert.That((await LivesOfAsync(id)).Select(e => (e.State, e.Sandbox)), Is.EqualTo(WholeLife.Select(state => (state, false))));
        Assert.That(sandbox.Select(e => (e.State, e.Sandbox)), Is.EqualTo(WholeLife.Select(state => (state, true))));
        Assert.That(sandbox.Skip(1), Has.All.Property(nameof(LifecycleEvent.Pid)).EqualTo(pod.InfraPid));
        Assert.That(sandbox.Select(e => (e.Runtime, e.Namespace, e.PodName, e.PodUid, e.ContainerName, e.Image)),
            Has.All.EqualTo((Engine.Runtime, pod.Namespace, pod.Name, pod.Uid, (string?)null, (string?)null)));
    }

    [Test]
    public async Task A_container_that_waits_for_its_start_is_told_to_a_later_tracer_as_created()
    {
        string id = await _crio.MakeAsync(_crio.Pod, ContainerSpec.Lasting);
        int pid = await _crio.CreateMadeAsync(id);

        await using LifecycleTracer later = LifecycleTracer.Create();
        await using var events = new EventRecorder(later);
        await _crio.StartCreatedAsync(id);
        LifecycleEvent start = await events.WaitForAsync(id, LifecycleState.Start);
        await Engine.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);

        Assert.That(start.Pid, Is.EqualTo(pid));
        Assert.That(events.Of(id).Select(e => (e.State, e.Existing)), Is.EqualTo(WholeLife.Select(state => (state, state == LifecycleState.Create))));
        Assert.That(events.Of(id), Has.All.Property(nameof(LifecycleEvent.Runtime)).EqualTo(Engine.Runtime));
    }
}
