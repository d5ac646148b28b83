namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Who a container is to Kubernetes. What the engine didn't write is <see langword="null"/>.</summary>
internal sealed record PodIdentity
{
    public required string Namespace { get; init; }

    public string? PodName { get; init; }

    /// <summary>containerd writes it from 1.6.11 on, so that in an older one it may be missing or the pod's own claim: the cgroup's outweighs it.</summary>
    public string? PodUid { get; init; }

    /// <summary>The container's name in the pod; <see langword="null"/> for a sandbox.</summary>
    public string? ContainerName { get; init; }

    public bool IsSandbox { get; init; }

    /// <summary>The container ID of the pod's sandbox; a sandbox's own.</summary>
    public string? SandboxId { get; init; }
}
