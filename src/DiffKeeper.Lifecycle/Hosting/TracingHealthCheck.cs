using System.Globalization;
using DiffKeeper.Lifecycle.Telemetry;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Says whether the host is told of its containers, and if not, why.</summary>
internal sealed class TracingHealthCheck(HostedTracer tracer, IOptions<HostedTracerOptions> tracing, IOptions<LifecycleHealthCheckOptions> options) : IHealthCheck
{
    private readonly Lock _gate = new();
    private long _knownLosses;
    private long? _lastLoss;

    private TimeProvider Clock => tracing.Value.TimeProvider;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        LifecycleMetrics metrics = LifecycleMetrics.Of(tracing.Value.MeterFactory);
        IRunningTracer? running = tracer.Running;
        long losses = metrics.Measure().Losses;
        long backlog = metrics.InjectionBacklog;
        var data = new Dictionary<string, object>
        {
            ["attached"] = running is not null && tracer.Unavailable is null,
            ["reading"] = running is { ReaderFault: null } && tracer.Unavailable is null,
            ["losses"] = losses,
            ["lastEvent"] = running?.LastEvent is { } last ? last.Timestamp.ToString("O", CultureInfo.InvariantCulture) : "none",
            ["injectionBacklog"] = backlog,
        };

        if (FindFault(running) is { } fault)
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, fault, tracer.Interruption, data));
        return Task.FromResult(FindWeakness(losses, backlog) is { } weakness
            ? HealthCheckResult.Degraded(weakness, tracer.Unavailable, data)
            : HealthCheckResult.Healthy("The kernel tells of every container.", data));
    }

    private string? FindFault(IRunningTracer? running)
    {
        if (tracer.Interruption is { } interruption)
            return $"Tracing was interrupted, and is begun again: {interruption.Message}";
        return running is null ? "Nothing is traced: the host has not started yet, or is stopping." : running.ReaderFault;
    }

    private string? FindWeakness(long losses, long backlog)
    {
        if (tracer.Unavailable is { } unavailable)
            return $"This host runs without container events, as its options allow. {unavailable.Message}";
        if (LostLately(losses))
            return $"Events were lost lately ({losses} since the program began), and what was missed was looked up: a larger ring, a larger subscription capacity or a faster reader helps.";
        return backlog > options.Value.MaxInjectionBacklog
            ? $"{backlog} injections are under way or wait: the injector is slower than containers start, or fails and is tried again."
            : null;
    }

    private bool LostLately(long losses)
    {
        lock (_gate)
        {
            if (losses > _knownLosses)
                (_knownLosses, _lastLoss) = (losses, Clock.GetTimestamp());
            return _lastLoss is { } lastLoss && Clock.GetElapsedTime(lastLoss) <= options.Value.LossWindow;
        }
    }
}
