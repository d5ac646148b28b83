using DiffKeeper.Cli.Options;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli;

/// <summary>The injector, ready to be run, and the memory of whom it was run for.</summary>
internal sealed class Injection : IDisposable
{
    private readonly CommandInjector _injector;
    private readonly AutoInjectorOptions _options;
    private readonly DirectoryInjectionLedger? _ledger;

    private Injection(CommandInjector injector, AutoInjectorOptions options, DirectoryInjectionLedger? ledger)
    {
        _injector = injector;
        _options = options;
        _ledger = ledger;
        if (ledger is not null)
            options.Ledger = ledger;
    }

    /// <exception cref="UsageException">A path can't be used.</exception>
    /// <exception cref="LifecycleException">The library refuses the injector or the ledger.</exception>
    public static Injection Open(InjectionSettings settings, ILoggerFactory loggers)
    {
        settings.PreparePaths();
        settings.Injector.LoggerFactory = loggers;
        settings.Options.LoggerFactory = loggers;
        return new Injection(
            new CommandInjector(settings.Injector),
            settings.Options,
            settings.LedgerDirectory is { } directory ? DirectoryInjectionLedger.Open(directory) : null);
    }

    public Task RunAsync(ILifecycleTracer tracer, CancellationToken cancellationToken) => new AutoInjector(tracer, _injector, _options).RunAsync(cancellationToken);

    public void Dispose() => _ledger?.Dispose();
}
