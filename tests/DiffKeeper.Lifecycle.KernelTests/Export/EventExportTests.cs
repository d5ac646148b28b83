using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Export;

/// <summary>Many nodes' events in one place.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Kernel")]
[CancelAfter(180_000)]
[RequireKernel("runc", "busybox")]
public sealed class EventExportTests
{
    private static readonly string[] WholeLife =
        ["diffkeeper.container.create", "diffkeeper.container.start", "diffkeeper.container.stop", "diffkeeper.container.delete"];

    private BareEngine _runc = null!;

    [SetUp]
    public async Task StartRunc() => _runc = await SharedEngines.RuncAsync();

    [TestCase(OtlpReceiver.Http)]
    [TestCase(OtlpReceiver.Grpc)]
    public async Task Two_nodes_tell_one_receiver_and_it_can_tell_them_apart(string protocol)
    {
        await using var receiver = new OtlpReceiver(protocol);
        await receiver.StartAsync();
        await using TracingProcess one = await ExportingProcess.StartAsync(receiver, "one");
        await using TracingProcess other = await ExportingProcess.StartAsync(receiver, "other");
        DateTimeOffset before = TimeProvider.System.GetUtcNow();

        FinishedContainer container = await _runc.RunAsync(ContainerSpec.Shortest);
        await ReceivedAsync(receiver, container.Id, times: 2);

        IReadOnlyList<ReceivedEvent> events = [.. receiver.Distinct.Where(received => received.ContainerId == container.Id)];
        var tolerance = TimeSpan.FromSeconds(1);
        Assert.That(events.Where(received => received.Node == "one").Select(received => received.Name), Is.EqualTo(WholeLife));
        Assert.That(events.Where(received => received.Node == "other").Select(received => received.Name), Is.EqualTo(WholeLife));
        Assert.That(events.Select(received => received.Session).Distinct().Count(), Is.EqualTo(2));
        Assert.That(events.Select(received => received.Time), Is.All.InRange(before - tolerance, before + Eventually.Patience));
    }

    [TestCase(OtlpReceiver.Http)]
    [TestCase(OtlpReceiver.Grpc)]
    public async Task While_the_receiver_is_away_events_wait_and_then_arrive_whole_and_in_order(string protocol)
    {
        await using var receiver = new OtlpReceiver(protocol);
        await receiver.StartAsync();
        await using TracingProcess program = await ExportingProcess.StartAsync(receiver, "node");
        FinishedContainer before = await _runc.RunAsync(ContainerSpec.Shortest);
        await ReceivedAsync(receiver, before.Id);

        await receiver.StopAsync();
        FinishedContainer meanwhile = await _runc.RunAsync(ContainerSpec.Shortest);
        await program.WaitUntilAsync(() => program.Errors.Contains("Events wait to be exported", StringComparison.Ordinal));
        FinishedContainer later = await _runc.RunAsync(ContainerSpec.Shortest);
        await receiver.StartAsync();
        await ReceivedAsync(receiver, later.Id);

        long[] sequence = [.. receiver.Distinct.Where(received => !received.Existing).Select(received => received.Sequence)];
        foreach (FinishedContainer container in new[] { before, meanwhile, later })
            Assert.That(receiver.Distinct.Where(received => received.ContainerId == container.Id).Select(received => received.Name), Is.EqualTo(WholeLife));
        Assert.That(sequence, Is.Ordered);
        await program.WaitUntilAsync(() => program.Errors.Contains("Events are exported to", StringComparison.Ordinal));
    }

    [TestCase(OtlpReceiver.Http)]
    [TestCase(OtlpReceiver.Grpc)]
    public async Task What_arrives_twice_has_the_same_key(string protocol)
    {
        await using var receiver = new OtlpReceiver(protocol) { LostAnswers = 2 };
        await receiver.StartAsync();
        await using TracingProcess program = await ExportingProcess.StartAsync(receiver, "node", OnlyEvents);

        FinishedContainer container = await _runc.RunAsync(ContainerSpec.Shortest);
        await Eventually.HoldsAsync(() => receiver.Events.Count(received => received.ContainerId == container.Id) > WholeLife.Length);
        await ReceivedAsync(receiver, container.Id);

        Assert.That(receiver.Events, Has.Count.GreaterThan(receiver.Distinct.Count));
        Assert.That(receiver.Distinct.Where(received => received.ContainerId == container.Id).Select(received => received.Name), Is.EqualTo(WholeLife));
    }

    [Test]
    public async Task Started_again_it_counts_anew_under_another_session_and_tells_of_what_runs()
    {
        BareEngine runc = await SharedEngines.AtDefaultRootAsync("runc");
        await using var receiver = new OtlpReceiver();
        await receiver.StartAsync();
        string id;
        await using (TracingProcess first = await ExportingProcess.StartAsync(receiver, "node"))
        {
            id = await runc.StartAsync(ContainerSpec.Lasting);
            await Eventually.HoldsAsync(() => receiver.Distinct.Any(received => received.ContainerId == id && received.Name == WholeLife[1]));
            await first.EndAsync(ProcessSignal.Kill);
        }

        await using TracingProcess again = await ExportingProcess.StartAsync(receiver, "node");
        await Eventually.HoldsAsync(() => receiver.Distinct.Any(received => received.ContainerId == id && received.Existing));
        await runc.RemoveAsync(id);

        ReceivedEvent existing = receiver.Distinct.First(received => received.ContainerId == id && received.Existing);
        ReceivedEvent start = receiver.Distinct.First(received => received.ContainerId == id && received.Name == WholeLife[1]);
        Assert.That(existing.Session, Is.GreaterThan(start.Session), "a later session's id is greater");
    }

    private static IReadOnlyList<(string, string)> OnlyEvents => [("OTEL_METRICS_EXPORTER", "none"), ("OTEL_TRACES_EXPORTER", "none")];

    private static async Task ReceivedAsync(OtlpReceiver receiver, string id, int times = 1) => Assert.That(
        await Eventually.HoldsAsync(() => receiver.Distinct.Count(received => received.ContainerId == id && received.Name == WholeLife[^1]) == times), $"{id} did not arrive");
}
