using System.Diagnostics;

namespace DiffKeeper.Lifecycle.Telemetry;

/// <summary>The span of one attempt to inject a container. Nothing is made where nobody listens.</summary>
internal static class InjectionSpan
{
    private const string Name = "inject container";

    private static readonly ActivitySource Source = new(LifecycleTelemetry.ActivitySourceName);

    public static Activity? Start(LifecycleEvent container)
        => Source.StartActivity(Name)
            ?.SetTag("container.id", container.ContainerId)
            .SetTag(MetricNames.Runtime, container.Runtime)
            .SetTag("container.image.name", container.Image)
            .SetTag("k8s.namespace.name", container.Namespace)
            .SetTag("k8s.pod.name", container.PodName)
            .SetTag("k8s.pod.uid", container.PodUid)
            .SetTag("k8s.container.name", container.Namespace is null ? null : container.ContainerName);

    public static void End(Activity? span, InjectionOutcome outcome, string? reason)
        => span?.SetTag(MetricNames.Outcome, LifecycleMetrics.OutcomeName(outcome))
            .SetStatus(outcome == InjectionOutcome.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset, reason);
}
