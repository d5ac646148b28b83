using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Injection;

internal static partial class InjectionLog
{
    public static void Detected(this ILogger logger, LifecycleEvent container)
    {
        if (logger.IsEnabled(LogLevel.Debug))
            logger.Detected(container.State == LifecycleState.Create ? "create" : "start", container.ContainerId, container.Runtime, container.Namespace ?? "none", container.Pid);
    }

    public static void Ended(this ILogger logger, LifecycleEvent container, InjectionResult result)
    {
        switch (result.Outcome)
        {
            case InjectionOutcome.Succeeded:
                logger.Succeeded(container.ContainerId);
                break;
            case InjectionOutcome.Failed:
                logger.Failed(container.ContainerId, result.Reason);
                break;
            case InjectionOutcome.Skipped:
                logger.Skipped(container.ContainerId, result.Reason);
                break;
        }
    }

    [LoggerMessage(201, LogLevel.Debug, "[AutoInject] Detected {State} for {ContainerId} of {Runtime}, Kubernetes namespace {Namespace}, pid {Pid}")]
    private static partial void Detected(this ILogger logger, string state, string containerId, string runtime, string @namespace, int pid);

    [LoggerMessage(202, LogLevel.Debug, "[AutoInject] Skipped {ContainerId}: {Reason}")]
    public static partial void Skipped(this ILogger logger, string containerId, string? reason);

    [LoggerMessage(203, LogLevel.Information, "[AutoInject] Injected {ContainerId}")]
    public static partial void Succeeded(this ILogger logger, string containerId);

    [LoggerMessage(204, LogLevel.Warning, "[AutoInject] Injecting {ContainerId} failed, and is tried again in {Delay}: {Reason}")]
    public static partial void Retrying(this ILogger logger, string containerId, TimeSpan delay, string? reason);

    [LoggerMessage(205, LogLevel.Error, "[AutoInject] Injecting {ContainerId} failed: {Reason}")]
    public static partial void Failed(this ILogger logger, string containerId, string? reason);

    [LoggerMessage(206, LogLevel.Warning, "[AutoInject] Retry for {ContainerId}: its injection had begun when the program was ended the last time")]
    public static partial void Interrupted(this ILogger logger, string containerId);

    [LoggerMessage(207, LogLevel.Error, "[AutoInject] The ledger can't keep up with {ContainerId}: make room for it, or see to its directory")]
    public static partial void LedgerFailed(this ILogger logger, Exception exception, string containerId);

    [LoggerMessage(208, LogLevel.Information, "{ContainerId} {Stream}: {Line}")]
    public static partial void Output(this ILogger logger, string containerId, string stream, string line);

    [LoggerMessage(209, LogLevel.Warning, "{ContainerId} {Bytes} more bytes of the injector's output were discarded")]
    public static partial void OutputDiscarded(this ILogger logger, string containerId, long bytes);

    [LoggerMessage(210, LogLevel.Error, "{ContainerId} what the injector (pid {Pid}) started could not be ended entirely: it hangs in the kernel, or goes on multiplying")]
    public static partial void TreeSurvived(this ILogger logger, string containerId, int pid);
}
