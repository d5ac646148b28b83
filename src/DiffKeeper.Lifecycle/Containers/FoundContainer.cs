using System.Text;
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

    /// <summary>How the OCI runtime was executed to create it, as far as that is known.</summary>
    public required byte[] Argv { get; init; }

    /// <summary>The comm of the process that executed the OCI runtime; empty where it isn't known.</summary>
    public string Monitor { get; init; } = "";

    /// <summary>That process; 0 where it isn't known.</summary>
    public int MonitorPid { get; init; }

    /// <summary>Reads who it is. Only for a container that isn't known yet: it reads the bundle.</summary>
    public ContainerIdentity Identify(ContainerIdentifier identifier)
        => identifier.Identify(Key.Id, RuntimeCommandLine.Parse(Argv), new RuntimeParent(MonitorPid, Encoding.UTF8.GetBytes(Monitor)), runtimePid: 0, isNested: false);
}
