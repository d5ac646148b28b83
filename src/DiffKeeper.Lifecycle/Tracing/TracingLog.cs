using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Tracing;

internal static partial class TracingLog
{
    [LoggerMessage(1, LogLevel.Information, "attached: the kernel tells of every container from now on")]
    public static partial void Attached(this ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "The kernel could not tell everything, and what was missed is looked up: so far {RingFull} records found the ring buffer full (a larger one helps), {MapsFull} processes or cgroups could not be followed, {Skipped} runs were skipped")]
    public static partial void RecordsLost(this ILogger logger, ulong ringFull, ulong mapsFull, ulong skipped);

    [LoggerMessage(3, LogLevel.Warning, "{Subscriptions} subscription(s) fell behind and lose events: read them faster, or raise the subscription capacity")]
    public static partial void SubscriptionsFellBehind(this ILogger logger, int subscriptions);

    [LoggerMessage(4, LogLevel.Error, "Tracing ended: the reader failed")]
    public static partial void ReaderFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "A record of {Bytes} bytes could not be decoded: the BPF object and the library are not of one version")]
    public static partial void UndecodableRecord(this ILogger logger, int bytes);

    [LoggerMessage(6, LogLevel.Debug, "{State} {ContainerId} pid {Pid}, told: {Told}")]
    public static partial void Tracked(this ILogger logger, LifecycleState state, string containerId, int pid, bool told);
}
