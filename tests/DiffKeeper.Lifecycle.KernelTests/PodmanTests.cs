using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>What has to hold of Podman's containers, whatever OCI runtime it uses.</summary>
public abstract class PodmanTests : ContainerLifecycleTests
{
    private protected PodmanEngine Podman { get; private set; } = null!;

    private protected override async Task<IContainerEngine> EngineAsync() => Podman = await PodmanAsync();

    private protected abstract Task<PodmanEngine> PodmanAsync();

    [Test]
    public async Task The_container_has_the_name_the_image_and_the_labels_that_Podman_knows_it_by()
    {
        string id = await Podman.StartAsync(ContainerSpec.Lasting, "--label", "com.example.team=shop", "--label", "empty=");
        string name = await Podman.PodmanAsync("inspect", "--format", "{{.Name}}", id);
        string image = await Podman.PodmanAsync("inspect", "--format", "{{.ImageName}}", id);
        await Engine.RemoveAsync(id);

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(id);

        Assert.That(events.Select(e => (e.ContainerName, e.Image)), Has.Exactly(WholeLife.Length).Items.And.All.EqualTo((name, image)));
        Assert.That(events.Select(e => e.Labels), Has.All.EqualTo(new Dictionary<string, string> { ["com.example.team"] = "shop", ["empty"] = "" }));
    }

    [Test]
    public async Task A_later_tracer_knows_the_labels_as_well()
    {
        string id = await Podman.StartAsync(ContainerSpec.Lasting, "--label", "com.example.team=shop");
        await Events.WaitForAsync(id, LifecycleState.Start);

        await using LifecycleTracer later = LifecycleTracer.Create();
        LifecycleEvent existing = later.Snapshot().Single(e => e.ContainerId == id);
        await Engine.RemoveAsync(id);

        Assert.That(existing.Labels, Is.EqualTo(new Dictionary<string, string> { ["com.example.team"] = "shop" }));
    }

    [Test]
    public async Task A_container_that_waits_for_its_start_is_told_to_a_later_tracer_as_created()
    {
        string id = await Podman.CreateAsync(ContainerSpec.Lasting);
        await Events.WaitForAsync(id, LifecycleState.Create);
        await CatchUpAsync();

        await using LifecycleTracer later = LifecycleTracer.Create();
        await using var events = new EventRecorder(later);
        await Podman.PodmanAsync("start", id);
        await events.WaitForAsync(id, LifecycleState.Start);
        await Engine.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);

        Assert.That(events.Of(id).Select(e => (e.State, e.Existing)), Is.EqualTo(WholeLife.Select(state => (state, state == LifecycleState.Create))));
        Assert.That(events.Of(id), Has.All.Property(nameof(LifecycleEvent.Runtime)).EqualTo("podman"));
    }
}
