using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class SlowReaderTests : TracedFixture
{
    private protected override async Task<IContainerEngine> EngineAsync() => await SharedEngines.RuncAsync();

    [Test]
    public async Task A_reader_that_stopped_reading_hears_once_how_much_it_lost_and_then_how_things_are()
    {
        string leaving = await Engine.StartAsync(ContainerSpec.Lasting);
        await Events.WaitForAsync(leaving, LifecycleState.Start);
        List<long> losses = [];
        var options = new LifecycleSubscriptionOptions { Capacity = 4, EventsLost = losses.Add };
        await using IAsyncEnumerator<LifecycleEvent> reader = Tracer.ReadAllAsync(options).GetAsyncEnumerator();
        while (await reader.MoveNextAsync() && reader.Current.ContainerId != leaving)
        {
        }

        FinishedContainer[] passing = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Engine.RunAsync(ContainerSpec.Shortest)));
        string[] staying = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Engine.StartAsync(ContainerSpec.Lasting)));
        foreach (string id in staying)
            await Events.WaitForAsync(id, LifecycleState.Start);

        await Engine.RemoveAsync(leaving);
        await CatchUpAsync();

        string[] own = [leaving, .. staying, .. passing.Select(container => container.Id)];
        var picture = new Picture();
        picture.Apply(reader.Current);
        while (!picture.Of(own).SetEquals(staying))
        {
            Assert.That(await reader.MoveNextAsync().AsTask().WaitAsync(Eventually.Patience));
            picture.Apply(reader.Current);
        }

        Assert.That(losses, Has.Count.EqualTo(1));
        Assert.That(losses[0], Is.GreaterThanOrEqualTo((20 * 4) + (3 * 2) + 2 - 4), "all but those that the queue holds");
        Assert.That(Tracer.Snapshot().Select(e => e.ContainerId).Intersect(own), Is.EquivalentTo(staying));
        foreach (string id in staying)
            await Engine.RemoveAsync(id);
    }
}
