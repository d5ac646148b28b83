using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>The container that this process runs in, if it runs in one. A container is known by its mount namespace, which even its pod does not share.</summary>
/// <param name="mountNamespace">As <see cref="ProcessFiles.NamespaceLink"/> has it; <see langword="null"/> for none.</param>
internal sealed class OwnContainer(string? mountNamespace)
{
    private const int FirstProcess = 1;

    public static OwnContainer Find()
    {
        string? own = ProcessFiles.NamespaceLink(Environment.ProcessId, "mnt");
        // On the node itself: a container that shares its mount namespace is not this one.
        return new OwnContainer(own == ProcessFiles.NamespaceLink(FirstProcess, "mnt") ? null : own);
    }

    public string? ReasonToSkip(LifecycleEvent container)
    {
        bool isOwn = mountNamespace is not null && container.Pid != 0 && ProcessFiles.NamespaceLink(container.Pid, "mnt") == mountNamespace;
        return isOwn ? "This program runs in it itself." : null;
    }
}
