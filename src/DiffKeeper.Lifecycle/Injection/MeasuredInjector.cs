using System.Diagnostics;
using DiffKeeper.Lifecycle.Telemetry;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>An injector whose every attempt has a span and a duration.</summary>
internal sealed class MeasuredInjector(IInjector injector, LifecycleMetrics metrics, TimeProvider timeProvider) : IInjector
{
    public async ValueTask<InjectionResult> InjectAsync(LifecycleEvent container, CancellationToken cancellationToken)
    {
        using Activity? span = InjectionSpan.Start(container);
        long began = timeProvider.GetTimestamp();
        try
        {
            InjectionResult result = await injector.InjectAsync(container, cancellationToken).ConfigureAwait(false);
            End(span, began, result.Outcome, result.Reason);
            return result;
        }
        catch (Exception e)
        {
            End(span, began, InjectionOutcome.Failed, e.Message);
            throw;
        }
    }

    private void End(Activity? span, long began, InjectionOutcome outcome, string? reason)
    {
        InjectionSpan.End(span, outcome, reason);
        metrics.RecordAttempt(timeProvider.GetElapsedTime(began), outcome);
    }
}
