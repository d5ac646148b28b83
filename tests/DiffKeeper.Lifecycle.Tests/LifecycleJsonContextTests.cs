using System.Text.Json;

namespace DiffKeeper.Lifecycle.Tests;

public sealed class LifecycleJsonContextTests
{
    private static readonly LifecycleEvent Stop = new()
    {
        State = LifecycleState.Stop,
        ContainerId = "c1",
        Pid = 7,
        Runtime = "containerd",
        OciRuntime = "runc",
        ExitCode = 0,
        Timestamp = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(1234567),
    };

    [Test]
    public void An_event_is_an_object_without_what_it_does_not_know()
        => Assert.That(
            JsonSerializer.Serialize(Stop, LifecycleJsonContext.Default.LifecycleEvent),
            Is.EqualTo("""{"state":"stop","containerId":"c1","pid":7,"runtime":"containerd","ociRuntime":"runc","exitCode":0,"timestamp":"2026-03-01T12:00:00.123456Z"}"""));

    [Test]
    public void A_state_of_two_words_is_in_camel_case()
        => Assert.That(
            JsonSerializer.Serialize(Stop with { State = LifecycleState.CreateFailed }, LifecycleJsonContext.Default.LifecycleEvent),
            Does.Contain("\"state\":\"createFailed\""));

    [Test]
    public void What_was_written_can_be_read()
    {
        LifecycleEvent killed = Stop with { Signal = 9, ExitCode = 137, OomKilled = true, Timestamp = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };

        string json = JsonSerializer.Serialize(killed, LifecycleJsonContext.Default.LifecycleEvent);

        Assert.That(JsonSerializer.Deserialize(json, LifecycleJsonContext.Default.LifecycleEvent), Is.EqualTo(killed));
    }
}
