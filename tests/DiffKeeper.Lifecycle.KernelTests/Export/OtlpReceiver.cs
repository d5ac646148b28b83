using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DiffKeeper.Lifecycle.KernelTests.Export.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DiffKeeper.Lifecycle.KernelTests.Export;

/// <summary>What an OpenTelemetry collector is to whoever exports to it, by HTTP or by gRPC. It can go away, and come back where it was.</summary>
internal sealed class OtlpReceiver(string protocol = OtlpReceiver.Http) : IAsyncDisposable
{
    public const string Http = "http/protobuf";
    public const string Grpc = "grpc";

    /// <summary>Whether the message is compressed, and its length.</summary>
    private const int GrpcPrefix = 5;

    private readonly ConcurrentQueue<ReceivedEvent> _events = new();
    private readonly ConcurrentQueue<(string Path, string Content)> _requests = new();
    private WebApplication? _server;
    private int _port;

    /// <summary>Every one, those that came twice among them.</summary>
    public IReadOnlyList<ReceivedEvent> Events => [.. _events];

    /// <summary>What a receiver keeps that looks at the keys.</summary>
    public IReadOnlyList<ReceivedEvent> Distinct => [.. _events.DistinctBy(received => received.Key)];

    /// <summary>The paths that something was sent to, and the bytes as characters.</summary>
    public IReadOnlyList<(string Path, string Content)> Requests => [.. _requests];

    /// <summary>How many of the next requests are answered with an error, although what they bring is taken: the answer is lost on its way.</summary>
    public int LostAnswers { get; set; }

    /// <summary>The variables that have a program export to here, once there was a <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{_port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)];

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, _port, listen => listen.Protocols = protocol == Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _server = builder.Build();
        _server.Run(ReceiveAsync);
        await _server.StartAsync();
        _port = new Uri(_server.Urls.Single()).Port;
    }

    public async Task StopAsync() => await _server!.DisposeAsync();

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        ReadOnlySpan<byte> message = content.ToArray().AsSpan(protocol == Grpc ? GrpcPrefix : 0);
        string path = context.Request.Path;
        _requests.Enqueue((path, Encoding.Latin1.GetString(message)));
        if (path.Contains("logs", StringComparison.Ordinal))
        {
            foreach (ReceivedEvent received in ReceivedEvent.In(LogsRequest.Parser.ParseFrom(message)))
                _events.Enqueue(received);
        }

        await AnswerAsync(context.Response, isLost: LostAnswers-- > 0);
    }

    private async Task AnswerAsync(HttpResponse response, bool isLost)
    {
        const string Ok = "0";
        const string Unavailable = "14";
        if (protocol == Grpc)
        {
            response.ContentType = "application/grpc";
            response.AppendTrailer("grpc-status", isLost ? Unavailable : Ok);
            await response.Body.WriteAsync(new byte[GrpcPrefix]);
            return;
        }

        response.StatusCode = isLost ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
    }
}
