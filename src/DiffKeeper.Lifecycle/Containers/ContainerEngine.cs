using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What runs a container, and in which namespace of its own.</summary>
/// <param name="Name">One of <see cref="EngineName"/>, or the OCI runtime's file name where it was called without an engine.</param>
/// <param name="Namespace">
/// containerd's (<c>k8s.io</c>, <c>moby</c>, <c>default</c>), never Kubernetes'; <see langword="null"/> where there is none.
/// </param>
internal readonly record struct ContainerEngine(string Name, string? Namespace)
{
    /// <summary>Tells the engine by its directories, then by the process that executed the OCI runtime.</summary>
    /// <param name="commandLine">The OCI runtime's. Without a bundle its log file is asked: the shim puts it in the bundle's directory.</param>
    /// <param name="manager">The bundle's <see cref="BundleIdentity.Manager"/>, where it could be read.</param>
    /// <param name="parentComm">The comm of the OCI runtime's parent, cut to 15 bytes as the kernel does; may be empty.</param>
    public static ContainerEngine Resolve(in RuntimeCommandLine commandLine, string? manager, ReadOnlySpan<byte> parentComm)
    {
        BundlePath path = BundlePath.Parse(commandLine.Bundle.IsEmpty ? commandLine.Log : commandLine.Bundle);
        return path.Layout switch
        {
            BundleLayout.ContainerdCri or BundleLayout.Containerd => OfContainerd(path.Namespace, commandLine.Root),
            BundleLayout.ContainersStorage => new ContainerEngine(OfContainersStorage(manager, commandLine.Root), null),
            _ => OfRoot(commandLine.Root) ?? OfParent(parentComm, manager, commandLine),
        };
    }

    private static ContainerEngine OfContainerd(ReadOnlySpan<byte> @namespace, ReadOnlySpan<byte> root)
    {
        bool isDocker = IsDockerRoot(root) || IsDockerNamespace(@namespace);
        return new ContainerEngine(isDocker ? EngineName.Docker : EngineName.Containerd, NamespaceToString(@namespace));
    }

    // Only where the bundle couldn't be read: CRI-O always names the runtime's root, Podman leaves it to the runtime.
    private static string OfContainersStorage(string? manager, ReadOnlySpan<byte> root) => manager switch
    {
        BundleIdentity.CriOManager => EngineName.CriO,
        BundleIdentity.PodmanManager => EngineName.Podman,
        _ => root.IsEmpty ? EngineName.Podman : EngineName.CriO,
    };

    private static ContainerEngine? OfRoot(ReadOnlySpan<byte> root)
    {
        var segments = new PathSegments(root);
        segments.TryTakeLast(out ReadOnlySpan<byte> @namespace);
        if (IsDockerRoot(root))
            return new ContainerEngine(EngineName.Docker, NamespaceToString(@namespace));

        segments.TryTakeLast(out _);
        return PathSegments.Last(segments.Above).SequenceEqual("containerd"u8)
            ? new ContainerEngine(EngineName.Containerd, NamespaceToString(@namespace))
            : null;
    }

    private static ContainerEngine OfParent(ReadOnlySpan<byte> comm, string? manager, in RuntimeCommandLine commandLine)
    {
        string name = comm switch
        {
            _ when comm.StartsWith("containerd"u8) => EngineName.Containerd,
            _ when comm.SequenceEqual("dockerd"u8) => EngineName.Docker,
            _ when comm.SequenceEqual("crio"u8) => EngineName.CriO,
            _ when comm.SequenceEqual("podman"u8) => EngineName.Podman,
            _ when comm.SequenceEqual("conmon"u8) => OfContainersStorage(manager, commandLine.Root),
            _ => Encoding.UTF8.GetString(commandLine.RuntimeName),
        };
        return new ContainerEngine(name, null);
    }

    /// <summary>
    /// <c>EXEC-ROOT/runtime-runc/NAMESPACE</c>, where the namespace can be configured and carries the ID range under userns-remap.
    /// </summary>
    private static bool IsDockerRoot(ReadOnlySpan<byte> root)
    {
        var segments = new PathSegments(root);
        return segments.TryTakeLast(out _) && PathSegments.Last(segments.Above).StartsWith("runtime-"u8);
    }

    private static bool IsDockerNamespace(ReadOnlySpan<byte> @namespace) =>
        @namespace.SequenceEqual("moby"u8)
        || @namespace.StartsWith("moby-"u8)
        || @namespace.SequenceEqual("plugins.moby"u8)
        || @namespace.StartsWith("plugins.moby-"u8);

    // The three that nearly every node has are not made anew for each container.
    private static string NamespaceToString(ReadOnlySpan<byte> @namespace)
    {
        if (@namespace.SequenceEqual("k8s.io"u8))
            return "k8s.io";
        if (@namespace.SequenceEqual("moby"u8))
            return "moby";
        return @namespace.SequenceEqual("default"u8) ? "default" : Encoding.UTF8.GetString(@namespace);
    }
}
