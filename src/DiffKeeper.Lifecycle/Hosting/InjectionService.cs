using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Injects while the host runs. When the host stops, what has begun has its time to end, and the ledger is given free.</summary>
internal sealed class InjectionService(HostedTracer tracer, IServiceProvider services, IOptions<HostedInjectorOptions> options) : BackgroundService
{
    private DirectoryInjectionLedger? _ledger;
    private AutoInjector? _injector;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        HostedInjectorOptions injection = options.Value;
        if (tracer.Unavailable is not null)
        {
            injection.LoggerFactory.CreateLogger<AutoInjector>().InjectsNothing();
            return Task.CompletedTask;
        }

        if (injection is { LedgerDirectory: { } directory, HasOwnLedger: false })
            injection.Ledger = _ledger = DirectoryInjectionLedger.Open(directory);
        // Not before: where nothing can be traced, an injector need not be possible either.
        _injector = new AutoInjector(tracer, services.GetRequiredService<IInjector>(), injection);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _ledger?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _injector!.RunAsync(stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (TracingInterruptedException)
            {
                // The next stream begins when tracing goes on.
            }
        }
    }
}
