using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>A container that a scan of the node came upon.</summary>
internal sealed record FoundContainer
{
    public required ContainerKey Key { get; init; }

    /// <summary>Its init process.</summary>
    public required ProcessIdentity Init { get; init; }

    /// <summary>Asks whether the entrypoint was executed by now; else the init process waits for the runtime's <c>start</c>.</summary>
    public required Func<bool> HasStarted { get; init; }

    /// <summary>The cgroup it has for itself.</summary>
    public required CgroupKey Cgroup { get; init; }

    /// <summary>Where <see cref="Cgroup"/> is; <see langword="null"/> where that could not be read.</summary>
    public string? CgroupPath { get; init; }

    /// <summary>Reads who it is. Only for a container that isn't known yet: it reads the bundle.</summary>
    public required Func<ContainerIdentity> Identify { get; init; }
}
