using DiffKeeper.Lifecycle.Telemetry;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>Takes one injection from its turn to its end: the ledger, the attempts, the pauses between them.</summary>
/// <param name="injector">Does it.</param>
/// <param name="options">How often, and how many at once.</param>
/// <param name="logger">Where it is told.</param>
/// <param name="stop">Nothing begins any more.</param>
/// <param name="abort">What has begun has to end.</param>
internal sealed class InjectionRunner(IInjector injector, AutoInjectorOptions options, ILogger logger, CancellationToken stop, CancellationToken abort)
    : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.MaxConcurrency);
    private readonly RetryDelays _delays = new(options.RetryDelay, options.MaxRetryDelay);
    private readonly IInjectionLedger _ledger = options.Ledger;
    private readonly LifecycleMetrics _metrics = LifecycleMetrics.Of(options.MeterFactory);
    private readonly MeasuredInjector _injector = new(injector, LifecycleMetrics.Of(options.MeterFactory), options.TimeProvider);

    /// <param name="container">The event that calls for it.</param>
    /// <param name="gone">The container has ended.</param>
    public async Task InjectAsync(LifecycleEvent container, CancellationToken gone)
    {
        _metrics.InjectionAdded();
        try
        {
            Report(container, await TryAsync(container, gone).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Left to the program's next run: the ledger has it as not begun, or as begun and not ended.
        }
        finally
        {
            _metrics.InjectionRemoved();
        }
    }

    public Task ForgetAsync(LifecycleEvent container)
    {
        Record(container, _ledger.Forget);
        return Task.CompletedTask;
    }

    public void Report(LifecycleEvent container, InjectionResult result)
    {
        logger.Ended(container, result);
        _metrics.CountInjection(result.Outcome);
        options.InjectionCompleted?.Invoke(container, result);
    }

    public void Dispose() => _turns.Dispose();

    private async Task<InjectionResult> TryAsync(LifecycleEvent container, CancellationToken gone)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, gone);
        InjectionResult? result = null;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                if (result is not null)
                    await PauseAsync(container, result, attempt, ended.Token).ConfigureAwait(false);
                await _turns.WaitAsync(ended.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return result is null ? InjectionResult.Skipped("The container stopped before its turn.") : Settle(container, result);
            }

            try
            {
                if (result is null && Claim(container) is { } refusal)
                    return refusal;
                result = await AttemptAsync(container).ConfigureAwait(false);
            }
            finally
            {
                _turns.Release();
            }

            if (!result.MayRetry || attempt == options.MaxRetries)
                return Settle(container, result);
        }
    }

    private Task PauseAsync(LifecycleEvent container, InjectionResult result, int retry, CancellationToken ended)
    {
        ended.ThrowIfCancellationRequested();
        TimeSpan delay = _delays.Before(retry);
        logger.Retrying(container.ContainerId, delay, result.Reason);
        return Task.Delay(delay, options.TimeProvider, ended);
    }

    private async Task<InjectionResult> AttemptAsync(LifecycleEvent container)
    {
        try
        {
            return await _injector.InjectAsync(container, abort).ConfigureAwait(false);
        }
        catch (Exception e) when (!abort.IsCancellationRequested)
        {
            return InjectionResult.Failed(e.Message.Length > 0 ? e.Message : e.GetType().Name);
        }
    }

    /// <returns>What the injection comes to without being tried; <see langword="null"/> where it is to be tried.</returns>
    private InjectionResult? Claim(LifecycleEvent container)
    {
        try
        {
            InjectionClaim claim = _ledger.Claim(container);
            if (claim == InjectionClaim.Retry)
                logger.Interrupted(container.ContainerId);
            return claim == InjectionClaim.Done ? InjectionResult.Skipped("It was injected before.") : null;
        }
        catch (Exception e)
        {
            return InjectionResult.Failed($"The ledger can't take it ({e.Message}): make room for it, or see to its directory.", mayRetry: false);
        }
    }

    /// <summary>What failed may be claimed again, by another run of the program: whoever put the injector right may restart it.</summary>
    private InjectionResult Settle(LifecycleEvent container, InjectionResult result)
    {
        Record(container, result.Outcome == InjectionOutcome.Failed ? _ledger.Release : _ledger.Complete);
        return result;
    }

    private void Record(LifecycleEvent container, Action<LifecycleEvent> note)
    {
        try
        {
            note(container);
        }
        catch (Exception e)
        {
            logger.LedgerFailed(e, container.ContainerId);
        }
    }
}
