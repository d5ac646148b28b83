using DiffKeeper.Lifecycle;
using DiffKeeper.Lifecycle.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

// Where everybody's extensions of a host's services are found.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Adds tracing to a host.</summary>
public static class LifecycleTracingServiceCollectionExtensions
{
    /// <summary>
    /// Traces the containers of the node while the host runs: any service may ask for an <see cref="ILifecycleTracer"/>, and read from it from its own start on.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>For what is to be done with the containers.</returns>
    /// <remarks>
    /// The kernel is asked before the first hosted service starts, and until the last one has stopped. Where tracing fails in between, streams end with a
    /// <see cref="TracingInterruptedException"/>, and those that begin then wait until it goes on. Before the host's start nothing can be read
    /// (<see cref="InvalidOperationException"/>). Adding it again only configures it further.
    /// </remarks>
    public static ILifecycleTracingBuilder AddLifecycleTracing(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddTracer(services);
        return new LifecycleTracingBuilder(services);
    }

    /// <inheritdoc cref="AddLifecycleTracing(IServiceCollection)"/>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">How to trace. What it may not be fails at the host's start, with an <see cref="OptionsValidationException"/>.</param>
    public static ILifecycleTracingBuilder AddLifecycleTracing(this IServiceCollection services, Action<HostedTracerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ILifecycleTracingBuilder builder = services.AddLifecycleTracing();
        services.ConfigureGuarded(configure);
        return builder;
    }

    /// <inheritdoc cref="AddLifecycleTracing(IServiceCollection)"/>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">A section whose keys are the names of <see cref="HostedTracerOptions"/>' properties. A key that isn't is refused.</param>
    public static ILifecycleTracingBuilder AddLifecycleTracing(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddLifecycleTracing(options => TracerSettings.Apply(configuration, options));
    }

    internal static void ConfigureGuarded<TOptions>(this IServiceCollection services, Action<TOptions> configure)
        where TOptions : class
        => services.AddSingleton<IConfigureOptions<TOptions>>(new GuardedConfiguration<TOptions>(configure));

    private static void AddTracer(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HostedTracerOptions>, ConfigureFromServices>());
        services.AddOptions<HostedTracerOptions>().ValidateOnStart();
        services.TryAddSingleton<CreateTracer>(static _ => static options => options.ReplayFrom is { } recording
            ? LifecycleTracer.OpenReplay(recording, options.ReplayTiming, options)
            : LifecycleTracer.Create(options));
        services.TryAddSingleton<HostedTracer>();
        services.TryAddSingleton<ILifecycleTracer>(static services => services.GetRequiredService<HostedTracer>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TracingService>());
    }
}
