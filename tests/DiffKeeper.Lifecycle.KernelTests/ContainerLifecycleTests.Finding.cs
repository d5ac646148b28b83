using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

// What a tracer did not see it finds: it came later, or it was told too little.
public abstract partial class ContainerLifecycleTests
{
    [Test]
    public async Task A_later_tracer_begins_with_the_running_container_and_tells_how_it_ends()
    {
        IContainerEngine engine = await EngineThatIsFoundAsync();
        string id = await engine.StartAsync(ContainerSpec.Lasting);
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);

        await using LifecycleTracer later = LifecycleTracer.Create();
        await using var events = new EventRecorder(later);
        await engine.SignalAsync(id, ProcessSignal.Kill);
        await events.WaitForAsync(id, LifecycleState.Stop);
        await engine.RemoveAsync(id);
        await events.WaitForAsync(id, LifecycleState.Delete);
        await CatchUpAsync(events);

        IReadOnlyList<LifecycleEvent> told = events.Of(id);
        Assert.That(told.Select(e => (e.State, e.Existing)), Is.EqualTo(
            new[] { (LifecycleState.Start, true), (LifecycleState.Stop, false), (LifecycleState.Delete, false) }));
        Assert.That(told.Select(e => (e.ExitCode, e.Signal)), Is.EqualTo(new (int?, int?)[] { (null, null), (137, 9), (null, null) }));
        Assert.That(AsFound(told[0]), Is.EqualTo(AsFound(start)));
        // /proc tells the time of a process's beginning in hundredths of a second.
        Assert.That(told[0].ProcessStartTime, Is.EqualTo(start.ProcessStartTime).Within(TimeSpan.FromMilliseconds(20)));
    }

    [Test]
    public async Task What_a_reader_knows_becomes_true_again_after_the_kernel_s_records_were_lost()
    {
        IContainerEngine engine = await EngineThatIsFoundAsync();
        using var logs = new StallingLogs();
        await using LifecycleTracer tracer = LifecycleTracer.Create(new LifecycleTracerOptions { RingBufferBytes = LifecycleTracerOptions.MinRingBufferBytes, LoggerFactory = logs });
        await using var events = new EventRecorder(tracer);
        string staying = await engine.StartAsync(ContainerSpec.Lasting);
        string leaving = await engine.StartAsync(ContainerSpec.Lasting);
        await events.WaitForAsync(staying, LifecycleState.Start);
        await events.WaitForAsync(leaving, LifecycleState.Start);

        logs.Stall();
        await engine.RemoveAsync(leaving);
        FinishedContainer[] passing = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.RunAsync(ContainerSpec.Shortest)));
        string coming = await engine.StartAsync(ContainerSpec.Lasting);
        int pid = (await Events.WaitForAsync(coming, LifecycleState.Start)).Pid;
        logs.Release();

        LifecycleEvent found = await events.WaitForAsync(coming, LifecycleState.Start);
        await events.WaitForAsync(leaving, LifecycleState.Delete);
        await engine.RemoveAsync(staying);
        await engine.RemoveAsync(coming);
        await events.WaitForAsync(staying, LifecycleState.Delete);
        await events.WaitForAsync(coming, LifecycleState.Delete);

        string[] gone = [staying, leaving, coming, .. passing.Select(container => container.Id)];
        bool converged = await Eventually.HoldsAsync(() => !tracer.Snapshot().Any(e => gone.Contains(e.ContainerId)), TimeSpan.FromSeconds(10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(converged, "what has gone is still there");
            Assert.That(logs.Lines, Has.Some.Contains("ring buffer full"));
            Assert.That(found.Pid, Is.EqualTo(pid));
            Assert.That(events.Of(staying).Select(e => e.State), Is.EqualTo(WholeLife));
            Assert.That(events.Of(leaving).Select(e => e.State), Is.EqualTo(WholeLife));
            Assert.That(events.Of(coming).Select(e => e.State), Is.EqualTo(WholeLife).Or.EqualTo(WholeLife[1..]));
            Assert.That(passing.Select(container => events.Of(container.Id).Count(e => e.State == LifecycleState.Start)), Has.All.LessThan(2));
        }
    }

    [Test]
    public async Task Containers_that_start_while_a_tracer_attaches_are_told_of_once()
    {
        IContainerEngine engine = await EngineThatIsFoundAsync();
        await using var tracers = new AttachingTracers();
        Task<LifecycleEvent[]> starting = Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            await Events.WaitForAsync(await engine.StartAsync(ContainerSpec.Lasting), LifecycleState.Start)));
        await tracers.AttachUntilAsync(starting);

        foreach (LifecycleEvent start in await starting)
        {
            foreach (EventRecorder events in tracers.Recorders)
                Assert.That((await events.WaitForAsync(start.ContainerId, LifecycleState.Start)).Pid, Is.EqualTo(start.Pid));

            await engine.RemoveAsync(start.ContainerId);
            foreach (EventRecorder events in tracers.Recorders)
            {
                await events.WaitForAsync(start.ContainerId, LifecycleState.Delete);
                Assert.That(events.Of(start.ContainerId).Select(e => e.State), Is.EqualTo(WholeLife).Or.EqualTo(WholeLife[1..]));
            }
        }
    }

    /// <summary>The engine with its containers where a tracer finds them that did not see their creation.</summary>
    private protected virtual Task<IContainerEngine> EngineThatIsFoundAsync() => Task.FromResult(Engine);

    /// <summary>What has to be the same, whether the start was seen or the container was found.</summary>
    private static LifecycleEvent AsFound(LifecycleEvent e) => e with { Existing = false, Timestamp = default, ProcessStartTime = null, Sequence = 0 };
}
