namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What was read of a bundle's <c>config.json</c>.</summary>
/// <param name="Identity"><see langword="null"/> where the file can't be used.</param>
/// <param name="DockerDirectory">Docker's own of the container; <see langword="null"/> where it isn't Docker's.</param>
internal sealed record BundleFacts(BundleIdentity? Identity, string? DockerDirectory);
