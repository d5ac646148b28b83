namespace DiffKeeper.Lifecycle.Ratios.Tracking;

/// <summary>Tells the strings of an event that were made for its container from those that were there before, and how large they are.</summary>
internal sealed class IdentityStrings
{
    // Header, method table, length and the terminating NUL, rounded up to eight.
    private const int StringOverhead = 22;

    private readonly HashSet<string> _known = new(ReferenceEqualityComparer.Instance);

    public void Know(LifecycleEvent lifecycleEvent) => CountNew(lifecycleEvent);

    /// <summary>The bytes of the strings that no event before had.</summary>
    public long CountNew(LifecycleEvent lifecycleEvent)
        => Of(lifecycleEvent).OfType<string>().Where(_known.Add).Sum(static text => (long)((StringOverhead + (sizeof(char) * text.Length) + 7) & ~7));

    private static string?[] Of(LifecycleEvent e) =>
        [e.ContainerId, e.Runtime, e.OciRuntime, e.RuntimeNamespace, e.Namespace, e.PodName, e.PodUid, e.ContainerName, e.Image, e.Bundle, e.CgroupPath];
}
