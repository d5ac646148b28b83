using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli.Export;

/// <summary>Sends a request again until the receiver takes it. OpenTelemetry's exporter gives up after ten seconds, and what it gives up is lost.</summary>
/// <param name="client">Sends once, with its own timeout.</param>
/// <param name="logger">Is told when the receiver goes, and when it is back.</param>
/// <param name="giveUp">Ends the patience.</param>
internal sealed class PatientHandler(HttpClient client, ILogger logger, CancellationToken giveUp) : HttpMessageHandler
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    // The exporter's own thread, which has nothing else to do.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        => SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, giveUp);
        Delivery delivery = await TryAsync(request, either.Token);
        if (!delivery.IsWorthRepeating)
            return Conclude(request, delivery);

        logger.EventsWait(request.RequestUri, delivery.Failure!);
        TimeSpan delay = FirstDelay;
        while (delivery.IsWorthRepeating)
        {
            // Not all nodes of a fleet at the same moment.
            await Task.Delay((delivery.RetryAfter ?? delay) * (0.5 + Random.Shared.NextDouble()), either.Token);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
            delivery = await TryAsync(request, either.Token);
        }

        logger.EventsTaken(request.RequestUri);
        return Conclude(request, delivery);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            client.Dispose();
        base.Dispose(disposing);
    }

    private HttpResponseMessage Conclude(HttpRequestMessage request, Delivery delivery)
    {
        if (delivery.Failure is { } reason)
            logger.EventsRefused(request.RequestUri, reason);
        return delivery.Response!;
    }

    private async Task<Delivery> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Delivery.Of(await client.SendAsync(Copy(request), cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Delivery.Failed(e.Message);
        }
    }

    /// <summary>A request can be sent once. Its content, which is the original's, can be read as often as one likes.</summary>
    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach ((string name, IEnumerable<string> values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }
}
