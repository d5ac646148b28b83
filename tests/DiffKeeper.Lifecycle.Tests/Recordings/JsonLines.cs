using System.Text.Json;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>Events as <c>diffkeeper --output json</c> prints them: all that they say, to be compared.</summary>
internal static class JsonLines
{
    public static async Task<IReadOnlyList<string>> ReadAsync(IAsyncEnumerable<LifecycleEvent> events)
    {
        List<string> lines = [];
        await foreach (LifecycleEvent lifecycleEvent in events)
            lines.Add(Of(lifecycleEvent));
        return lines;
    }

    /// <summary>Replays a recording to its end.</summary>
    public static async Task<IReadOnlyList<string>> ReplayAsync(byte[] recording, LifecycleTracerOptions? options = null)
    {
        await using ILifecycleTracer tracer = LifecycleTracer.Replay(new MemoryStream(recording), ReplayTiming.AsFastAsPossible, options);
        return await ReadAsync(tracer.ReadAllAsync());
    }

    public static string Of(LifecycleEvent lifecycleEvent) => JsonSerializer.Serialize(lifecycleEvent, LifecycleJsonContext.Default.LifecycleEvent);
}
