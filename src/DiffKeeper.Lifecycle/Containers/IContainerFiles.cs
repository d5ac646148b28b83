using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What the node's files say of containers and of the processes around them. Whatever can't be read is as if it weren't there.</summary>
internal interface IContainerFiles
{
    string? WorkingDirectory(int pid);

    /// <param name="bundle">Its directory.</param>
    /// <param name="id">The container whose bundle it is.</param>
    BundleFacts? ReadBundle(string bundle, string id);

    /// <param name="directory">Docker's own of a container.</param>
    DockerFacts? ReadDocker(string directory);

    /// <inheritdoc cref="ReadBundle"/>
    PodmanContainerConfig? ReadPodman(string bundle, string id);

    /// <summary>The name that Podman gave its monitor, which lives as long as the container.</summary>
    /// <param name="conmonPid">The monitor.</param>
    /// <param name="id">The container that it should be the monitor of.</param>
    string? ReadConmonName(int conmonPid, string id);

    /// <summary>The cgroup of a process, as a path below the root of its hierarchy.</summary>
    string? CgroupPath(int pid);

    /// <summary>The cgroup of a process, as the kernel names it.</summary>
    CgroupKey Cgroup(int pid);

    /// <summary>Whether a process descends from an injector's program; <see langword="null"/> where it has gone, or may not be asked.</summary>
    bool? IsInjectors(int pid);
}
