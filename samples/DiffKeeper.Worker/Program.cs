using DiffKeeper.Lifecycle;
using DiffKeeper.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

const int Failure = 1;
const int Usage = 2;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

ILifecycleTracingBuilder tracing = builder.Services.AddLifecycleTracing(builder.Configuration.GetSection("Tracing"));
IConfigurationSection injector = builder.Configuration.GetSection("Injector");
if (injector.Exists())
    tracing.AddCommandInjector(injector);

builder.Services.AddHostedService<EventPrinter>();
builder.Services.AddHealthChecks().AddLifecycleTracing();
builder.Services.AddSingleton<IHealthCheckPublisher, HealthLog>();
builder.Services.Configure<HealthCheckPublisherOptions>(static options => options.Delay = options.Period = TimeSpan.FromSeconds(1));

try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    await Console.Error.WriteLineAsync($"diffkeeper-worker: {e.Message}");
    return Usage;
}
catch (Exception e) when (e is LifecycleException or PlatformNotSupportedException)
{
    await Console.Error.WriteLineAsync($"diffkeeper-worker: {e.Message}");
    return Failure;
}
