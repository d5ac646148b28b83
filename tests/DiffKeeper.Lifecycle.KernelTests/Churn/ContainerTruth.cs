namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>A container as its engine knows it.</summary>
internal sealed record ContainerTruth
{
    /// <summary>The engine that was asked, for whoever reads of a difference.</summary>
    public required string Engine { get; init; }

    public required string Id { get; init; }

    public required string Runtime { get; init; }

    public required string OciRuntime { get; init; }

    public string? RuntimeNamespace { get; init; }

    public string? Name { get; init; }

    /// <summary>The image it was made from; <see langword="null"/> where the engine leaves no word of it on the node.</summary>
    public string? Image { get; init; }

    /// <summary><see langword="null"/> outside Kubernetes.</summary>
    public PodTruth? Pod { get; init; }

    public bool IsSandbox { get; init; }

    /// <summary>In order; only whoever plays the container's scenario adds to it.</summary>
    public List<LifeTruth> Lives { get; } = [];

    public override string ToString() => $"{Engine} {Id} ({string.Join(", ", Lives.Select(life => life.Ending))})";
}
