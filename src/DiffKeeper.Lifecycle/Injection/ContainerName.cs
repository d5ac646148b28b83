namespace DiffKeeper.Lifecycle.Injection;

/// <summary>What all events of one container have in common, and those of others have not: two engines may give one ID.</summary>
internal readonly record struct ContainerName(string Id, string Runtime, string? RuntimeNamespace, string? Bundle)
{
    public static ContainerName Of(LifecycleEvent container) => new(container.ContainerId, container.Runtime, container.RuntimeNamespace, container.Bundle);
}
