using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DiffKeeper.Lifecycle;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DiffKeeper.Web;

/// <summary>The node's events as server-sent events: a subscription for each browser.</summary>
internal static class EventFeed
{
    /// <summary>Sent first, so that the browser hears that it is connected also where no container is.</summary>
    private static readonly SseItem<string> Beginning = new("{}", "beginning") { ReconnectionInterval = TimeSpan.FromSeconds(1) };

    public static ServerSentEventsResult<string> Open(ILifecycleTracer tracer, IHostApplicationLifetime lifetime, CancellationToken requestAborted) =>
        TypedResults.ServerSentEvents(ReadAsync(tracer, lifetime.ApplicationStopping, requestAborted));

    /// <summary>Where tracing is interrupted the response ends with the stream: the browser connects again, and the new stream begins with what runs then.</summary>
    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ILifecycleTracer tracer, CancellationToken stopping, [EnumeratorCancellation] CancellationToken requestAborted)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping, requestAborted);
        yield return Beginning;
        await foreach (LifecycleEvent e in tracer.ReadAllAsync(leaving.Token))
            yield return new SseItem<string>(JsonSerializer.Serialize(e, LifecycleJsonContext.Default.LifecycleEvent));
    }
}
