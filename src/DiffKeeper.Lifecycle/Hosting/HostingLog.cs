using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(301, LogLevel.Warning, "This host runs without container events, as its options allow. {Reason}")]
    public static partial void RunsWithoutEvents(this ILogger logger, string reason);

    [LoggerMessage(302, LogLevel.Error, "Tracing was interrupted, and is begun again in {Delay}: {Reason}")]
    public static partial void Interrupted(this ILogger logger, TimeSpan delay, string reason);

    [LoggerMessage(303, LogLevel.Warning, "Tracing goes on")]
    public static partial void Resumed(this ILogger logger);

    [LoggerMessage(304, LogLevel.Warning, "No container is injected: this host runs without container events")]
    public static partial void InjectsNothing(this ILogger logger);
}
