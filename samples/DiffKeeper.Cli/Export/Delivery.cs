using System.Net;
using System.Net.Http.Headers;

namespace DiffKeeper.Cli.Export;

/// <summary>What became of one attempt to send events.</summary>
/// <param name="Response">What the receiver answered, if it did.</param>
/// <param name="Failure">Why it has not taken them; <see langword="null"/> where it has.</param>
/// <param name="IsWorthRepeating">Whether it may take the same another time.</param>
internal sealed record Delivery(HttpResponseMessage? Response, string? Failure, bool IsWorthRepeating)
{
    private const string GrpcStatus = "grpc-status";
    private const string GrpcOk = "0";
    private const string GrpcInvalidArgument = "3";

    public TimeSpan? RetryAfter => Response?.Headers.RetryAfter?.Delta;

    public static Delivery Failed(string reason) => new(null, reason, IsWorthRepeating: true);

    /// <summary>Only what the receiver calls malformed is so for good. A wrong path or password can be put right while the events wait.</summary>
    public static Delivery Of(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            return new Delivery(response, $"it answers {(int)response.StatusCode} {response.ReasonPhrase}", response.StatusCode != HttpStatusCode.BadRequest);
        string status = Find(response.TrailingHeaders) ?? Find(response.Headers) ?? GrpcOk;
        return status == GrpcOk ? new Delivery(response, null, IsWorthRepeating: false) : new Delivery(response, $"it answers gRPC status {status}", status != GrpcInvalidArgument);
    }

    private static string? Find(HttpResponseHeaders headers) => headers.TryGetValues(GrpcStatus, out IEnumerable<string>? values) ? values.First() : null;
}
