using DiffKeeper.Cli.Export;
using DiffKeeper.Cli.Output;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli;

/// <summary>What is done with the events: they are printed, exported, their containers injected.</summary>
internal sealed class EventConsumers : IDisposable
{
    private readonly IEventWriter? _writer;
    private readonly Injection? _injection;
    private readonly EventExport? _export;

    private EventConsumers(IEventWriter? writer, Injection? injection, EventExport? export)
    {
        _writer = writer;
        _injection = injection;
        _export = export;
    }

    /// <exception cref="UsageException">A path of the injection can't be used, or a variable not be read.</exception>
    /// <exception cref="LifecycleException">The library refuses the injector or the ledger.</exception>
    public static EventConsumers Open(AgentSettings settings, ILoggerFactory loggers) =>
        new(settings.Writer, settings.Injection is { } injection ? Injection.Open(injection, loggers) : null, EventExport.Open(loggers));

    /// <summary>Returns when the stream has ended, or was left, and what was begun is done.</summary>
    /// <param name="tracer">Tells of the containers.</param>
    /// <param name="stopPrinting">Leaves the stream where it is.</param>
    /// <param name="stopActing">Begins nothing any more, and waits for no receiver.</param>
    public async Task RunAsync(ILifecycleTracer tracer, CancellationToken stopPrinting, CancellationToken stopActing)
    {
        try
        {
            await Task.WhenAll(
                _writer is null ? Task.CompletedTask : EventPrinter.RunAsync(tracer.ReadAllAsync(stopPrinting), _writer),
                _injection?.RunAsync(tracer, stopActing) ?? Task.CompletedTask,
                _export?.RunAsync(tracer, stopActing) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (stopPrinting.IsCancellationRequested || stopActing.IsCancellationRequested)
        {
        }
    }

    public void Dispose()
    {
        _export?.Dispose();
        _injection?.Dispose();
        _writer?.Dispose();
    }
}
