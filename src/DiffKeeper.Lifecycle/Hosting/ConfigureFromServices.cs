using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>What the options have of the host. Added first, so that whoever configures them has the last word.</summary>
internal sealed class ConfigureFromServices(IServiceProvider services)
    : IConfigureOptions<HostedTracerOptions>, IConfigureOptions<HostedInjectorOptions>, IConfigureOptions<CommandInjectorOptions>
{
    private ILoggerFactory Loggers => services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;

    private TimeProvider Clock => services.GetService<TimeProvider>() ?? TimeProvider.System;

    private IMeterFactory? Meters => services.GetService<IMeterFactory>();

    public void Configure(HostedTracerOptions options)
        => (options.LoggerFactory, options.TimeProvider, options.MeterFactory) = (Loggers, Clock, Meters);

    public void Configure(HostedInjectorOptions options)
        => (options.LoggerFactory, options.TimeProvider, options.MeterFactory) = (Loggers, Clock, Meters);

    public void Configure(CommandInjectorOptions options) => options.LoggerFactory = Loggers;
}
