using DiffKeeper.Lifecycle.Injection;
using Microsoft.Extensions.Logging;

// With the contracts, where a caller looks for it.
#pragma warning disable IDE0130
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

/// <summary>Injects every container that a tracer tells of and the policy wants, once.</summary>
/// <remarks>
/// Some containers are injected at once, the others wait for their turn; those of one container follow one another. What waits is never more than the
/// containers that are there: when one stops before its turn, it is skipped. An injection that fails is tried again, and does not keep others waiting
/// meanwhile. The tracer is never held up. All members are safe to call from several threads at once.
/// </remarks>
public sealed class AutoInjector
{
    private readonly ILifecycleTracer _tracer;
    private readonly IInjector _injector;
    private readonly AutoInjectorOptions _options;
    private readonly ILogger _logger;
    private int _isRunning;

    /// <param name="tracer">Tells of the containers. The injector does not dispose it.</param>
    /// <param name="injector">Injects one.</param>
    /// <param name="options">Which ones, and how; <see langword="null"/> for the defaults.</param>
    public AutoInjector(ILifecycleTracer tracer, IInjector injector, AutoInjectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tracer);
        ArgumentNullException.ThrowIfNull(injector);
        _tracer = tracer;
        _injector = injector;
        _options = options ?? new AutoInjectorOptions();
        _logger = _options.LoggerFactory.CreateLogger<AutoInjector>();
    }

    /// <summary>Injects what is there and what comes.</summary>
    /// <param name="cancellationToken">
    /// Stops it: nothing more begins, and what has begun has <see cref="AutoInjectorOptions.StopTimeout"/> to end by itself. What is cancelled then is
    /// left to the next run, if the ledger remembers it until then.
    /// </param>
    /// <returns>
    /// Completes when it was stopped, or when the tracer was disposed and everything is done that was to be done until then; fails as the tracer's stream does, or as
    /// the ledger does when it is asked what to retain.
    /// </returns>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
            throw new InvalidOperationException("The injector runs already: make another one, or wait for this one to end.");
        return InjectAllAsync(cancellationToken);
    }

    private async Task InjectAllAsync(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _options.TimeProvider);
        using var runner = new InjectionRunner(_injector, _options, _logger, stop, abort.Token);
        var schedule = new InjectionSchedule();
        try
        {
            IAsyncEnumerable<LifecycleEvent> events = _tracer.ReadAllAsync(stop);
            _options.Ledger.Retain(_tracer.Snapshot());
            var own = OwnContainer.Find();
            await foreach (LifecycleEvent lifecycleEvent in events.ConfigureAwait(false))
                Handle(lifecycleEvent, own, runner, schedule);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it is stopped.
        }
        finally
        {
            using (stop.Register(() => abort.CancelAfter(_options.StopTimeout)))
                await schedule.WhenEmptyAsync().ConfigureAwait(false);
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private void Handle(LifecycleEvent lifecycleEvent, OwnContainer own, InjectionRunner runner, InjectionSchedule schedule)
    {
        var container = ContainerName.Of(lifecycleEvent);
        switch (lifecycleEvent.State)
        {
            case LifecycleState.Create or LifecycleState.Start when _options.Policy.States.Contains(lifecycleEvent.State):
                _logger.Detected(lifecycleEvent);
                if ((own.ReasonToSkip(lifecycleEvent) ?? _options.Policy.ReasonToSkip(lifecycleEvent)) is { } reason)
                    runner.Report(lifecycleEvent, InjectionResult.Skipped(reason));
                else
                    schedule.Add(container, gone => runner.InjectAsync(lifecycleEvent, gone));
                break;
            case LifecycleState.Stop:
                schedule.End(container);
                break;
            case LifecycleState.Delete or LifecycleState.CreateFailed:
                schedule.End(container);
                schedule.Add(container, _ => runner.ForgetAsync(lifecycleEvent));
                break;
        }
    }
}
