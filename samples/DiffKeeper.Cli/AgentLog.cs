using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli;

internal static partial class AgentLog
{
    [LoggerMessage(1, LogLevel.Warning, "Containers are neither traced nor injected, and only the program runs: {Reason}")]
    public static partial void NotTracing(this ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Error, "Containers are neither traced nor injected any more, and only the program runs on")]
    public static partial void TracingEnded(this ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Metrics and health are served at {Address}")]
    public static partial void Listening(this ILogger logger, string address);

    [LoggerMessage(4, LogLevel.Information, "tracing: what becomes of every container is told from now on")]
    public static partial void Tracing(this ILogger logger);
}
