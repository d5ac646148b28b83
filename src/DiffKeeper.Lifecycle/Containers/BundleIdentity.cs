namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What a bundle's <c>config.json</c> says about who the container is.</summary>
internal sealed record BundleIdentity
{
    public const string CriOManager = "cri-o";
    public const string PodmanManager = "libpod";

    /// <summary>
    /// <see cref="CriOManager"/> or <see cref="PodmanManager"/>; <see langword="null"/> in other engines' bundles, where the annotation
    /// would prove nothing.
    /// </summary>
    public string? Manager { get; init; }

    /// <summary><c>linux.cgroupsPath</c>: a path, or <c>SLICE:PREFIX:ID</c> for systemd. Nothing but the engine writes it.</summary>
    public string? CgroupsPath { get; init; }

    /// <summary><see langword="null"/> outside Kubernetes.</summary>
    public PodIdentity? Pod { get; init; }

    /// <summary>The image's name; <see langword="null"/> for a sandbox, for which not every engine writes it.</summary>
    public string? Image { get; init; }

    /// <summary>
    /// Whether CRI-O says of a sandbox that it has no infra container: a bundle and a cgroup without a process. A pod can claim so of its
    /// sandbox, so it says nothing of one that has a process.
    /// </summary>
    public bool IsSpoofed { get; init; }
}
