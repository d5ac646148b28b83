namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Who a container is. What isn't known is <see langword="null"/>.</summary>
internal sealed record ContainerIdentity
{
    public required string Id { get; init; }

    public required string Runtime { get; init; }

    public required string OciRuntime { get; init; }

    public string? RuntimeNamespace { get; init; }

    public string? Bundle { get; init; }

    public PodIdentity? Pod { get; init; }

    /// <summary>The container's name to an engine that knows no pods.</summary>
    public string? Name { get; init; }

    public string? Image { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The cgroup that the bundle asks for.</summary>
    public string? CgroupPath { get; init; }

    public bool IsNested { get; init; }
}
