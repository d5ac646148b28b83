using DiffKeeper.Cli.Output;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli;

/// <summary>What is done with the events: they are printed, their containers injected, or both.</summary>
internal sealed class EventConsumers : IDisposable
{
    private readonly IEventWriter? _writer;
    private readonly Injection? _injection;

    private EventConsumers(IEventWriter? writer, Injection? injection)
    {
        _writer = writer;
        _injection = injection;
    }

    /// <exception cref="UsageException">A path of the injection can't be used.</exception>
    /// <exception cref="LifecycleException">The library refuses the injector or the ledger.</exception>
    public static EventConsumers Open(AgentSettings settings, ILoggerFactory loggers) =>
        new(settings.Writer, settings.Injection is { } injection ? Injection.Open(injection, loggers) : null);

    /// <summary>Returns when the stream has ended, or was left, and what was begun is done.</summary>
    /// <param name="tracer">Tells of the containers.</param>
    /// <param name="stopPrinting">Leaves the stream where it is.</param>
    /// <param name="stopInjecting">Begins nothing any more.</param>
    public async Task RunAsync(ILifecycleTracer tracer, CancellationToken stopPrinting, CancellationToken stopInjecting)
    {
        try
        {
            await Task.WhenAll(
                _writer is null ? Task.CompletedTask : EventPrinter.RunAsync(tracer.ReadAllAsync(stopPrinting), _writer),
                _injection?.RunAsync(tracer, stopInjecting) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (stopPrinting.IsCancellationRequested)
        {
        }
    }

    public void Dispose()
    {
        _injection?.Dispose();
        _writer?.Dispose();
    }
}
