using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Telemetry;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>Passes on what the options ask for.</summary>
internal sealed class EventFilter(LifecycleTracerOptions options, SubscriptionSet subscriptions, ILogger logger) : IContainerSink
{
    private readonly bool _includeExecs = options.IncludeExecs;
    private readonly bool _includeSandboxes = options.IncludeSandboxes;
    private readonly bool _includeNested = options.IncludeNested;
    private readonly LifecycleMetrics _metrics = LifecycleMetrics.Of(options.MeterFactory);
    private readonly HashSet<string> _runtimes = [EngineName.Docker, EngineName.Containerd, EngineName.CriO, EngineName.Podman, .. options.OciRuntimes];

    /// <summary>What happened before was there already, and is nobody's news.</summary>
    private readonly DateTimeOffset _began = options.TimeProvider.GetUtcNow();

    public void Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        bool wanted = !container.IsInjectors
            && (_includeExecs || lifecycleEvent.State != LifecycleState.Exec)
            && (_includeSandboxes || !lifecycleEvent.Sandbox)
            && (_includeNested || !lifecycleEvent.Nested);
        logger.Tracked(lifecycleEvent.State, lifecycleEvent.ContainerId, lifecycleEvent.Pid, wanted);
        if (!wanted)
            return;

        if (lifecycleEvent.Timestamp >= _began)
            _metrics.CountEvent(lifecycleEvent, _runtimes.Contains(lifecycleEvent.Runtime) ? lifecycleEvent.Runtime : MetricNames.Other, options.TimeProvider);
        int fellBehind = subscriptions.Publish(container, lifecycleEvent);
        if (fellBehind > 0)
            logger.SubscriptionsFellBehind(fellBehind);
    }
}
