using DiffKeeper.Lifecycle;
using DiffKeeper.Lifecycle.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

// Where everybody's extensions of a host's services are found.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Adds the health of tracing to a host's health checks.</summary>
public static class LifecycleHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks that the host is told of its containers: unhealthy where tracing was interrupted or its reader hangs; degraded where events were lost lately,
    /// where injections pile up, and where the host was allowed to run without events. The description names the reason.
    /// </summary>
    /// <param name="builder">From AddHealthChecks.</param>
    /// <param name="configure">What counts as healthy; <see langword="null"/> for the defaults.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What is reported for unhealthy; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">The check's tags.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddLifecycleTracing(
        this IHealthChecksBuilder builder,
        Action<LifecycleHealthCheckOptions>? configure = null,
        string name = "lifecycle-tracing",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddLifecycleTracing();
        builder.Services.AddOptions<LifecycleHealthCheckOptions>().ValidateOnStart();
        if (configure is not null)
            builder.Services.ConfigureGuarded(configure);
        builder.Services.TryAddSingleton<TracingHealthCheck>();
        return builder.Add(new HealthCheckRegistration(name, static services => services.GetRequiredService<TracingHealthCheck>(), failureStatus, tags));
    }
}
