using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("runc", "busybox")]
public sealed class BareRuncTests : BareRuntimeTests
{
    private protected override Task<BareEngine> RuntimeAsync() => SharedEngines.RuncAsync();

    [Test]
    public async Task A_process_that_enters_before_the_entrypoint_is_neither_a_start_nor_an_exec()
    {
        await using LifecycleTracer curious = LifecycleTracer.Create(new LifecycleTracerOptions { IncludeExecs = true });
        await using var events = new EventRecorder(curious);
        BareEngine runc = await SharedEngines.RuncAsync();
        string id = await runc.CreateAsync(ContainerSpec.Lasting);
        int pid = await runc.InitPidAsync(id);

        await runc.ExecAsync(id, "true");
        await runc.StartCreatedAsync(id);
        LifecycleEvent start = await events.WaitForAsync(id, LifecycleState.Start);
        await runc.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);

        Assert.That(start.Pid, Is.EqualTo(pid));
        Assert.That(events.Of(id).Select(e => e.State), Is.EqualTo(WholeLife));
    }
}
