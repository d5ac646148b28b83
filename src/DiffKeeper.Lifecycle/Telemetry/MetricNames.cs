namespace DiffKeeper.Lifecycle.Telemetry;

/// <summary>Names of instruments and attributes, by OpenTelemetry's rules; its own attributes where it has one (<c>container.*</c>, <c>k8s.*</c>).</summary>
internal static class MetricNames
{
    public const string Events = "diffkeeper.lifecycle.events";
    public const string EventLatency = "diffkeeper.lifecycle.event.latency";
    public const string Tracers = "diffkeeper.lifecycle.tracers";
    public const string Containers = "diffkeeper.lifecycle.containers";
    public const string QueueDepth = "diffkeeper.lifecycle.subscription.queue.depth";
    public const string SubscriptionDrops = "diffkeeper.lifecycle.subscription.drops";
    public const string RingUsage = "diffkeeper.lifecycle.ring.usage";
    public const string RingLimit = "diffkeeper.lifecycle.ring.limit";
    public const string KernelDrops = "diffkeeper.lifecycle.kernel.drops";
    public const string Rescans = "diffkeeper.lifecycle.rescans";
    public const string Refusals = "diffkeeper.lifecycle.refusals";
    public const string Injections = "diffkeeper.lifecycle.injections";
    public const string InjectionDuration = "diffkeeper.lifecycle.injection.duration";
    public const string InjectionBacklog = "diffkeeper.lifecycle.injection.backlog";

    public const string State = "diffkeeper.state";
    public const string Reason = "diffkeeper.reason";
    public const string Outcome = "diffkeeper.outcome";
    public const string Runtime = "container.runtime.name";

    /// <summary>Stands for every value that isn't among the known ones, so that nobody can make up series.</summary>
    public const string Other = "other";
}
