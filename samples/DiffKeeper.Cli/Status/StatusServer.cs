using System.Net;
using System.Net.Sockets;
using DiffKeeper.Cli.Export;
using DiffKeeper.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DiffKeeper.Cli.Status;

/// <summary>Answers Prometheus, and the probes of whatever keeps this program running.</summary>
internal sealed class StatusServer : IAsyncDisposable
{
    /// <summary>What the program itself costs: its processor time, its memory.</summary>
    private const string RuntimeMeter = "System.Runtime";

    private readonly MeterProvider _metrics;
    private readonly WebApplication _application;

    private StatusServer(IPEndPoint endPoint, TracingStatus status, ILoggerFactory loggers)
    {
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ProgramResource.Describe())
            .AddMeter(LifecycleTelemetry.MeterName, RuntimeMeter)
            .AddPrometheusExporter(static options => options.ScopeInfoEnabled = false)
            .Build();

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endPoint);
        });
        builder.Services.AddSingleton(loggers).AddSingleton<IHostLifetime, CallersLifetime>();
        _application = builder.Build();
        _application.UseOpenTelemetryPrometheusScrapingEndpoint(_metrics, predicate: null, "/metrics", configureBranchedPipeline: null, optionsName: null);
        _application.Map("/healthz", static probe => probe.Run(static context => AnswerAsync(context, StatusCodes.Status200OK, "alive")));
        _application.Map("/readyz", probe => probe.Run(context => status.Fault is { } fault
            ? AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, fault)
            : AnswerAsync(context, StatusCodes.Status200OK, "ready")));
    }

    /// <exception cref="ListenException">The address is in use, not of this machine, or not for this user.</exception>
    public static async Task<StatusServer> StartAsync(IPEndPoint endPoint, TracingStatus status, ILoggerFactory loggers)
    {
        var server = new StatusServer(endPoint, status, loggers);
        try
        {
            await server._application.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new ListenException(endPoint, e);
        }

        loggers.CreateLogger<StatusServer>().Listening(server._application.Urls.Single());
        return server;
    }

    /// <summary>Leaves requests unanswered that are still under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _metrics.Dispose();
    }

    private static Task AnswerAsync(HttpContext context, int statusCode, string text)
    {
        context.Response.StatusCode = statusCode;
        return context.Response.WriteAsync($"{text}\n");
    }
}
