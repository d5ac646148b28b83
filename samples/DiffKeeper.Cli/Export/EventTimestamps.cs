using OpenTelemetry;
using OpenTelemetry.Logs;

namespace DiffKeeper.Cli.Export;

/// <summary>Gives a record the time at which the kernel saw the event, rather than that at which it was written.</summary>
internal sealed class EventTimestamps : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Attributes is EventRecord record)
            data.Timestamp = record.Event.Timestamp.UtcDateTime;
    }
}
