using DiffKeeper.Lifecycle.Containers;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>Passes on what the options ask for.</summary>
internal sealed class EventFilter(LifecycleTracerOptions options, SubscriptionSet subscriptions, ILogger logger) : IContainerSink
{
    private readonly bool _includeExecs = options.IncludeExecs;
    private readonly bool _includeSandboxes = options.IncludeSandboxes;
    private readonly bool _includeNested = options.IncludeNested;

    public void Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        bool wanted = !container.IsInjectors
            && (_includeExecs || lifecycleEvent.State != LifecycleState.Exec)
            && (_includeSandboxes || !lifecycleEvent.Sandbox)
            && (_includeNested || !lifecycleEvent.Nested);
        logger.Tracked(lifecycleEvent.State, lifecycleEvent.ContainerId, lifecycleEvent.Pid, wanted);
        if (!wanted)
            return;

        int fellBehind = subscriptions.Publish(container, lifecycleEvent);
        if (fellBehind > 0)
            logger.SubscriptionsFellBehind(fellBehind);
    }
}
