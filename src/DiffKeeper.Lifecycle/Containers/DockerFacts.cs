namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What was read of Docker's <c>config.v2.json</c>.</summary>
/// <param name="Configuration"><see langword="null"/> where the file can't be used.</param>
/// <param name="Labels"><see langword="null"/> where there are none.</param>
internal sealed record DockerFacts(DockerContainerConfig? Configuration, IReadOnlyDictionary<string, string>? Labels);
