using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Recordings;

internal static partial class RecordingLog
{
    [LoggerMessage(401, LogLevel.Error, "Nothing is recorded any more, while tracing goes on: {Reason} What was written before can be replayed")]
    public static partial void RecordingEnded(this ILogger logger, string reason);

    [LoggerMessage(402, LogLevel.Warning, "The recording was cut off: its writer was killed or could not write on, and what came after is not in it")]
    public static partial void RecordingCutOff(this ILogger logger);

    [LoggerMessage(403, LogLevel.Warning, "The recording has no answer to {Missing} of this version's questions, which were answered as if nothing were there: the version that wrote it, {Version}, did not ask them")]
    public static partial void AnswersMissing(this ILogger logger, long missing, string version);
}
