namespace DiffKeeper.Lifecycle.Telemetry;

/// <summary>What a tracer has counted since it began, and what is there now; or several tracers together.</summary>
internal readonly record struct TracerFigures
{
    public long RingFull { get; init; }

    public long MapsFull { get; init; }

    public long Skipped { get; init; }

    public long SubscriberDrops { get; init; }

    public long Rescans { get; init; }

    public long Refused { get; init; }

    public long LiveContainers { get; init; }

    /// <summary>The events that wait in the fullest subscription.</summary>
    public long QueueDepth { get; init; }

    public long RingBytes { get; init; }

    public long RingCapacity { get; init; }

    public long Losses => RingFull + MapsFull + Skipped + SubscriberDrops;

    /// <summary>What remains of a tracer that has ended.</summary>
    public TracerFigures Counted => this with { LiveContainers = 0, QueueDepth = 0, RingBytes = 0, RingCapacity = 0 };

    public static TracerFigures operator +(TracerFigures left, TracerFigures right) => new()
    {
        RingFull = left.RingFull + right.RingFull,
        MapsFull = left.MapsFull + right.MapsFull,
        Skipped = left.Skipped + right.Skipped,
        SubscriberDrops = left.SubscriberDrops + right.SubscriberDrops,
        Rescans = left.Rescans + right.Rescans,
        Refused = left.Refused + right.Refused,
        LiveContainers = left.LiveContainers + right.LiveContainers,
        QueueDepth = Math.Max(left.QueueDepth, right.QueueDepth),
        RingBytes = left.RingBytes + right.RingBytes,
        RingCapacity = left.RingCapacity + right.RingCapacity,
    };
}
