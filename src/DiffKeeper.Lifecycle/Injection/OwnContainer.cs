using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>The container that this process runs in, if it runs in one. A container is known by its mount namespace, which even its pod does not share.</summary>
internal sealed class OwnContainer
{
    private const int FirstProcess = 1;

    private readonly string? _mountNamespace;

    /// <param name="own">This process's mount namespace, as <see cref="ProcessFiles.NamespaceLink"/> has it.</param>
    /// <param name="host">The node's.</param>
    public OwnContainer(string? own, string? host)
        // A program on the node itself is in none, and a container that shares the node's mount namespace is not its own.
        => _mountNamespace = own == host ? null : own;

    public static OwnContainer Find()
        => new(ProcessFiles.NamespaceLink(Environment.ProcessId, "mnt"), ProcessFiles.NamespaceLink(FirstProcess, "mnt"));

    public string? ReasonToSkip(LifecycleEvent container)
    {
        bool isOwn = _mountNamespace is not null && container.Pid != 0 && ProcessFiles.NamespaceLink(container.Pid, "mnt") == _mountNamespace;
        return isOwn ? "This program runs in it itself." : null;
    }
}
