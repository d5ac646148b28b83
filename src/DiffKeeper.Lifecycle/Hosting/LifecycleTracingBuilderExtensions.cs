using System.Diagnostics.CodeAnalysis;
using DiffKeeper.Lifecycle;
using DiffKeeper.Lifecycle.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

// Where everybody's extensions of a host's services are found.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Adds an injector to a host that traces.</summary>
public static class LifecycleTracingBuilderExtensions
{
    /// <summary>Executes a program for every container, once, while the host runs.</summary>
    /// <param name="builder">From AddLifecycleTracing.</param>
    /// <param name="configure">Which program, and how. The program's file is looked at before the host starts: <see cref="CommandInjector"/> says what is asked of it.</param>
    /// <param name="configureInjection">Which containers, and where it is kept what was injected; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The host has an injector already.</exception>
    public static ILifecycleTracingBuilder AddCommandInjector(
        this ILifecycleTracingBuilder builder, Action<CommandInjectorOptions> configure, Action<HostedInjectorOptions>? configureInjection = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddInjection(configureInjection);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CommandInjectorOptions>, ConfigureFromServices>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CommandInjectorOptions>, CommandInjectorValidation>());
        builder.Services.AddOptions<CommandInjectorOptions>().ValidateOnStart();
        builder.Services.ConfigureGuarded(configure);
        builder.Services.AddSingleton<IInjector>(static services => new CommandInjector(services.GetRequiredService<IOptions<CommandInjectorOptions>>().Value));
        return builder;
    }

    /// <inheritdoc cref="AddCommandInjector(ILifecycleTracingBuilder, Action{CommandInjectorOptions}, Action{HostedInjectorOptions})"/>
    /// <param name="builder">From AddLifecycleTracing.</param>
    /// <param name="configuration">
    /// A section whose keys are the names of <see cref="CommandInjectorOptions"/>' and <see cref="HostedInjectorOptions"/>' properties, <c>Policy</c> being a
    /// section of its own. A key that isn't is refused.
    /// </param>
    public static ILifecycleTracingBuilder AddCommandInjector(this ILifecycleTracingBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return builder.AddCommandInjector(
            options => InjectorSettings.Apply(configuration, options),
            injection => InjectorSettings.Apply(configuration, injection));
    }

    /// <summary>Lets an injector of the program's own inject every container, once, while the host runs.</summary>
    /// <typeparam name="TInjector">The injector: a singleton, whose constructor may ask for any service.</typeparam>
    /// <param name="builder">From AddLifecycleTracing.</param>
    /// <param name="configure">Which containers, and where it is kept what was injected; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The host has an injector already.</exception>
    public static ILifecycleTracingBuilder AddInjector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TInjector>(
        this ILifecycleTracingBuilder builder, Action<HostedInjectorOptions>? configure = null)
        where TInjector : class, IInjector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddInjection(configure);
        builder.Services.AddSingleton<IInjector, TInjector>();
        return builder;
    }

    private static void AddInjection(this ILifecycleTracingBuilder builder, Action<HostedInjectorOptions>? configure)
    {
        if (builder.Services.Any(static service => service.ServiceType == typeof(IInjector)))
            throw new InvalidOperationException("The host has an injector already: a container is injected once, so make one injector of both.");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HostedInjectorOptions>, ConfigureFromServices>());
        builder.Services.AddOptions<HostedInjectorOptions>().ValidateOnStart();
        if (configure is not null)
            builder.Services.ConfigureGuarded(configure);
        builder.Services.AddHostedService<InjectionService>();
    }
}
