using DiffKeeper.Cli.Bootstrap;
using DiffKeeper.Cli.Export;
using DiffKeeper.Cli.Options;
using DiffKeeper.Cli.Status;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli;

/// <summary>Traces, prints and injects.</summary>
internal sealed class Agent(AgentSettings settings, ILoggerFactory loggers)
{
    /// <summary>For events to leave, where nothing is injected for whose end one would wait longer.</summary>
    private static readonly TimeSpan TimeToExport = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger<Agent>();
    private readonly TracingStatus _status = new();

    /// <summary>Returns when the token is cancelled, when nobody reads any more what is printed, or where a recording ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using StatusServer? server = await ServeStatusAsync();
        using TelemetryExport export = TelemetryExport.Begin();
        using EventConsumers consumers = EventConsumers.Open(settings, loggers);
        await using ILifecycleTracer tracer = settings.Replay is { } replay ? Replay(replay, settings.Tracing!) : Trace(settings.Tracing!);
        await BeginAsync(consumers, tracer, cancellationToken, cancellationToken);
    }

    /// <summary>Runs the program, from the moment on when it can't do anything unseen; returns its exit code.</summary>
    public async Task<int> RunAsync(BootstrapCommand bootstrap)
    {
        using var signals = new SignalRelay();
        await using StatusServer? server = await ServeStatusAsync();
        using TelemetryExport export = TelemetryExport.Begin();
        LifecycleTracer? tracer = TryTrace();
        return tracer is null ? await bootstrap.RunAsync(signals) : await RunAsync(bootstrap, tracer, signals);
    }

    private async Task<int> RunAsync(BootstrapCommand bootstrap, LifecycleTracer tracer, SignalRelay signals)
    {
        await using LifecycleTracer attached = tracer;
        using EventConsumers consumers = EventConsumers.Open(settings, loggers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.EndRequested);
        Task consuming = ConsumeAsync(consumers, tracer, stop.Token);
        try
        {
            return await bootstrap.RunAsync(signals);
        }
        finally
        {
            // Ends the streams after what they hold.
            await tracer.DisposeAsync();
            stop.CancelAfter(TimeToDrain(signals));
            await consuming;
        }
    }

    private TimeSpan TimeToDrain(SignalRelay signals) => signals.IsTerminated ? TimeSpan.Zero : settings.Injection?.Injector.Timeout ?? TimeToExport;

    /// <returns><see langword="null"/> where tracing is off or not possible, which is no reason not to run the program.</returns>
    private LifecycleTracer? TryTrace()
    {
        if (settings.Tracing is null)
            return RunWithout("tracing is switched off.");
        try
        {
            return Trace(settings.Tracing);
        }
        catch (Exception e) when (e is LifecycleException or PlatformNotSupportedException)
        {
            return RunWithout(e.Message);
        }
    }

    private ILifecycleTracer Replay(ReplaySettings replay, LifecycleTracerOptions options)
    {
        options.LoggerFactory = loggers;
        _status.TracesNot("a recording is replayed.");
        return LifecycleTracer.Replay(replay.File, replay.Timing, options);
    }

    private LifecycleTracer Trace(LifecycleTracerOptions options)
    {
        options.LoggerFactory = loggers;
        var tracer = LifecycleTracer.Create(options);
        _status.Traces(tracer);
        return tracer;
    }

    private LifecycleTracer? RunWithout(string reason)
    {
        _logger.NotTracing(reason);
        _status.TracesNot(reason);
        return null;
    }

    private async Task<StatusServer?> ServeStatusAsync() => settings.Listen is { } endPoint ? await StatusServer.StartAsync(endPoint, _status, loggers) : null;

    /// <summary>Says that it traces only when everybody listens: one who comes and goes before that is told to nobody.</summary>
    private Task BeginAsync(EventConsumers consumers, ILifecycleTracer tracer, CancellationToken stopPrinting, CancellationToken stopActing)
    {
        // Listens by the time it first waits; where nobody wants to, it has ended.
        Task consuming = consumers.RunAsync(tracer, stopPrinting, stopActing);
        if (settings.Replay is null && !consuming.IsFaulted)
            _logger.Tracing();
        return consuming;
    }

    private async Task ConsumeAsync(EventConsumers consumers, LifecycleTracer tracer, CancellationToken stopActing)
    {
        try
        {
            // Printing ends with the tracer.
            await BeginAsync(consumers, tracer, CancellationToken.None, stopActing);
        }
        catch (Exception e)
        {
            // Whatever it is, the program goes on.
            _logger.TracingEnded(e);
        }
    }
}
