using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>A wrapper that executes the OCI runtime proper, as <c>nvidia-container-runtime</c> does.</summary>
[TestFixture(false, TestName = "A script")]
[TestFixture(true, TestName = "A compiled program")]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class WrapperTests(bool isCompiled) : TracedFixture
{
    private const string Name = "diffkeeper-test-wrapper";
    private static readonly LifecycleState[] WholeLife = [LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];
    private BareEngine _runtime = null!;

    private protected override LifecycleTracerOptions Options => new() { OciRuntimes = ["runc", Name] };

    private protected override async Task<IContainerEngine> EngineAsync() => _runtime = await BareEngine.StartAsync("runc", wrapper: Name, isCompiled: isCompiled);

    [OneTimeTearDown]
    public async Task StopRuntime() => await _runtime.DisposeAsync();

    [Test]
    public async Task A_wrapper_that_executes_the_runtime_creates_one_container_and_not_two()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Exiting(3));

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(container.ExitCode, Is.EqualTo(3), container.Output);
        Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife));
        Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Bundle)).EqualTo(_runtime.BundleOf(container.Id)));
    }

    [Test]
    public async Task A_container_that_the_wrapper_creates_waits_for_its_start()
    {
        string id = await _runtime.CreateAsync(ContainerSpec.Lasting);
        IReadOnlyList<LifecycleEvent> created = await AllOfAsync(id);

        await _runtime.StartCreatedAsync(id);
        await Events.WaitForAsync(id, LifecycleState.Start);
        await Engine.RemoveAsync(id);

        Assert.That(created.Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create }));
        Assert.That((await LivesOfAsync(id)).Select(e => e.State), Is.EqualTo(WholeLife));
    }
}
