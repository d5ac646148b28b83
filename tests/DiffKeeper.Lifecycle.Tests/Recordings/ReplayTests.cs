using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

[CancelAfter(60_000)]
public sealed class ReplayTests
{
    private static readonly FoundContainer Existing = new()
    {
        Key = new ContainerKey("/run/runc", "existing"),
        Init = new ProcessIdentity(300_000_000, 5),
        HasStarted = static () => true,
        Cgroup = default,
        Argv = new RuntimeArguments("runc", Root: "", "/run/existing", "existing").ToArgv(),
    };

    [Test]
    public async Task What_was_told_is_told_again()
    {
        using RecordedTracker recorded = Play();
        byte[] recording = recorded.End();

        IReadOnlyList<string> told = await JsonLines.ReplayAsync(recording);

        Assert.That(told.Select(StateOf), Is.EqualTo(new[] { "start", "create", "start", "stop", "delete" }));
        Assert.That(told.Skip(1), Is.EqualTo((await recorded.ToldAsync()).Skip(1)));
    }

    [Test]
    public async Task Every_stream_begins_with_what_was_there_when_the_session_began()
    {
        using RecordedTracker recorded = Play();
        await using ILifecycleTracer tracer = LifecycleTracer.Replay(new MemoryStream(recorded.End()));

        IReadOnlyList<LifecycleEvent> there = tracer.Snapshot();
        IReadOnlyList<string> told = await JsonLines.ReadAsync(tracer.ReadAllAsync());

        Assert.That(there.Select(static e => (e.ContainerId, e.State, e.Existing)), Is.EqualTo(new[] { ("existing", LifecycleState.Start, true) }));
        Assert.That(told[0], Is.EqualTo(JsonLines.Of(there[0])));
        Assert.That(tracer.Snapshot(), Is.EqualTo(there), "the other one has come and gone");
    }

    [Test]
    public async Task A_stream_that_begins_after_the_end_ends_at_once()
    {
        using RecordedTracker recorded = Play();
        await using ILifecycleTracer tracer = LifecycleTracer.Replay(new MemoryStream(recorded.End()));
        await JsonLines.ReadAsync(tracer.ReadAllAsync());

        Assert.That(await JsonLines.ReadAsync(tracer.ReadAllAsync()), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_lost_to_a_reader_that_takes_one_event_at_a_time()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        for (int i = 0; i < 100; i++)
            recorded.RunContainer($"c{i}");
        byte[] recording = recorded.End();

        IReadOnlyList<string> told = await JsonLines.ReplayAsync(recording, new LifecycleTracerOptions { SubscriptionCapacity = 1 });

        Assert.That(told, Is.EqualTo(await recorded.ToldAsync()));
    }

    [Test]
    public async Task A_reader_that_leaves_holds_up_nobody()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        for (int i = 0; i < 10; i++)
            recorded.RunContainer($"c{i}");
        byte[] recording = recorded.End();
        await using ILifecycleTracer tracer = LifecycleTracer.Replay(new MemoryStream(recording), options: new LifecycleTracerOptions { SubscriptionCapacity = 1 });

        IAsyncEnumerable<LifecycleEvent> leaving = tracer.ReadAllAsync();
        IAsyncEnumerable<LifecycleEvent> staying = tracer.ReadAllAsync();
        await foreach (LifecycleEvent _ in leaving)
            break;

        Assert.That(await JsonLines.ReadAsync(staying), Is.EqualTo(await recorded.ToldAsync()));
    }

    [Test]
    public async Task Disposing_it_ends_it_while_it_waits_for_a_reader()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        recorded.RunContainer("c1");
        ILifecycleTracer tracer = LifecycleTracer.Replay(new MemoryStream(recorded.End()), options: new LifecycleTracerOptions { SubscriptionCapacity = 1 });
        await using IAsyncEnumerator<LifecycleEvent> events = tracer.ReadAllAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();

        await tracer.DisposeAsync();

        Assert.That(() => tracer.ReadAllAsync(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(tracer.Snapshot, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task With_the_recorded_timing_an_event_comes_when_it_came()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        recorded.RunContainer("c1", lasting: TimeSpan.FromHours(3));
        var time = new FakeTimeProvider();
        await using ILifecycleTracer tracer = LifecycleTracer.Replay(new MemoryStream(recorded.End()), ReplayTiming.Recorded, new LifecycleTracerOptions { TimeProvider = time });
        await using IAsyncEnumerator<LifecycleEvent> events = tracer.ReadAllAsync().GetAsyncEnumerator();
        DateTimeOffset began = time.GetUtcNow();

        await events.MoveNextAsync();
        await events.MoveNextAsync();
        Assert.That(events.Current.State, Is.EqualTo(LifecycleState.Start));
        Task<bool> stops = events.MoveNextAsync().AsTask();
        while (!stops.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.That(await stops, Is.True);
        Assert.That(events.Current.State, Is.EqualTo(LifecycleState.Stop));
        Assert.That(time.GetUtcNow() - began, Is.GreaterThanOrEqualTo(TimeSpan.FromHours(3)));
    }

    [Test]
    public async Task The_losses_of_the_session_are_in_the_log_again()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        recorded.Lose(records: 5);
        recorded.Reconcile();
        var logs = new RecordingLogs();

        await JsonLines.ReplayAsync(recorded.End(), new LifecycleTracerOptions { LoggerFactory = logs });

        Assert.That(logs.Lines, Has.Some.Contains("5 records found the ring buffer full"));
    }

    [Test]
    public async Task A_file_is_replayed_by_its_path()
    {
        using RecordedTracker recorded = Play();
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, recorded.End());

        await using (ILifecycleTracer tracer = LifecycleTracer.Replay(path))
            Assert.That(await JsonLines.ReadAsync(tracer.ReadAllAsync()), Has.Count.EqualTo(5));

        File.Delete(path);
    }

    private static string StateOf(string line) => line.Split('"')[3];

    private static RecordedTracker Play()
    {
        var tracker = new RecordedTracker();
        tracker.Kernel.Lives.Add(Existing.Init);
        tracker.Reconcile(Existing);
        tracker.RunContainer("c1");
        return tracker;
    }
}
