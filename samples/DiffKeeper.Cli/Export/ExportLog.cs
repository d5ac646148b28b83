using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli.Export;

internal static partial class ExportLog
{
    [LoggerMessage(1, LogLevel.Warning, "Events wait to be exported to {Address}, and are sent again until they are taken: {Reason}")]
    public static partial void EventsWait(this ILogger logger, Uri? address, string reason);

    [LoggerMessage(2, LogLevel.Information, "Events are exported to {Address} again")]
    public static partial void EventsTaken(this ILogger logger, Uri? address);

    [LoggerMessage(3, LogLevel.Error, "Events were refused by {Address}, and are lost: {Reason}")]
    public static partial void EventsRefused(this ILogger logger, Uri? address, string reason);
}
