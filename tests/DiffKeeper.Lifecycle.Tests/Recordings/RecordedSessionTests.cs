using DiffKeeper.Lifecycle.Tests.Containers;
using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>Sessions with real engines: what is told of them now is what was told when they were recorded.</summary>
[TestFixtureSource(nameof(Sessions))]
[CancelAfter(120_000)]
public sealed class RecordedSessionTests(string session)
{
    private readonly byte[] _recording = Fixture.Bytes($"recordings/{session}.dkrec");
    private readonly string[] _told = Fixture.Lines($"recordings/{session}.jsonl");

    public static IEnumerable<string> Sessions => Fixture.Files("recordings/*.dkrec").Select(static file => Path.GetFileNameWithoutExtension(file)!);

    [Test]
    public async Task Its_events_are_told_again_to_the_last_value()
    {
        var logs = new RecordingLogs();

        IReadOnlyList<string> told = await JsonLines.ReplayAsync(_recording, new LifecycleTracerOptions { IncludeExecs = true, LoggerFactory = logs });

        Assert.That(told, Is.EqualTo(_told));
        Assert.That(logs.Lines, Has.None.Contains("cut off").And.None.Contains("has no answer"));
    }

    [Test]
    public async Task With_the_recorded_timing_the_same_is_told()
    {
        var time = new FakeTimeProvider();
        await using ILifecycleTracer tracer = LifecycleTracer.Replay(
            new MemoryStream(_recording), ReplayTiming.Recorded, new LifecycleTracerOptions { IncludeExecs = true, TimeProvider = time });
        Task<IReadOnlyList<string>> told = JsonLines.ReadAsync(tracer.ReadAllAsync());
        while (!told.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(await told, Is.EqualTo(_told));
    }

    [Test]
    public async Task What_the_options_leave_out_is_not_told()
    {
        IReadOnlyList<string> told = await JsonLines.ReplayAsync(_recording, new LifecycleTracerOptions { IncludeSandboxes = false });

        Assert.That(told, Has.Count.EqualTo(_told.Count(static line => !line.Contains("\"sandbox\":true", StringComparison.Ordinal) && !line.Contains("\"state\":\"exec\"", StringComparison.Ordinal))));
    }
}
