using DiffKeeper.Lifecycle.KernelTests.Export.Otlp;

namespace DiffKeeper.Lifecycle.KernelTests.Export;

/// <summary>An event as it arrives: the three parts of its key, and what the tests look at.</summary>
internal sealed record ReceivedEvent(string Node, string Session, long Sequence, string Name, string ContainerId, DateTimeOffset Time, bool Existing)
{
    public (string Node, string Session, long Sequence) Key => (Node, Session, Sequence);

    public static IEnumerable<ReceivedEvent> In(LogsRequest request) =>
        from logs in request.ResourceLogs
        from scope in logs.ScopeLogs
        from record in scope.LogRecords
        let attributes = record.Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value)
        select new ReceivedEvent(
            logs.Resource.Attributes.Single(attribute => attribute.Key == "host.name").Value.StringValue,
            attributes["diffkeeper.session.id"].StringValue,
            attributes["diffkeeper.sequence"].IntValue,
            record.EventName,
            attributes["container.id"].StringValue,
            DateTimeOffset.UnixEpoch.AddTicks((long)record.TimeUnixNano / TimeSpan.NanosecondsPerTick),
            attributes.ContainsKey("diffkeeper.existing"));
}
