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

    public LifecycleEvent ToEvent(LifecycleState state, DateTimeOffset timestamp)
        => new()
        {
            State = state,
            ContainerId = Id,
            Runtime = Runtime,
            OciRuntime = OciRuntime,
            RuntimeNamespace = RuntimeNamespace,
            Namespace = Pod?.Namespace,
            PodName = Pod?.PodName,
            PodUid = Pod?.PodUid,
            ContainerName = Pod is null ? Name : Pod.ContainerName,
            Image = Image,
            Labels = Labels,
            Sandbox = Pod?.IsSandbox ?? false,
            Nested = IsNested,
            Bundle = Bundle,
            CgroupPath = CgroupPath,
            Timestamp = timestamp,
        };
}
