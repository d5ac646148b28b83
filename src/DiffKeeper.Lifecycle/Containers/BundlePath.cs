namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What the path of a bundle, or of a file in it, says about its owner, as views of the path.</summary>
/// <remarks>
/// Matched by segments and never by prefix, because every engine's state directory can be moved:
/// <c>…/io.containerd.runtime.v2.task/NAMESPACE/ID</c> and <c>…/DRIVER-containers/ID/userdata</c>. Nothing is allocated.
/// </remarks>
internal readonly ref struct BundlePath
{
    public BundleLayout Layout { get; private init; }

    /// <summary>containerd's namespace; empty elsewhere.</summary>
    public ReadOnlySpan<byte> Namespace { get; private init; }

    /// <summary>The container the directory belongs to; empty in a <see cref="BundleLayout.Bare"/> one.</summary>
    public ReadOnlySpan<byte> ContainerId { get; private init; }

    public static BundlePath Parse(ReadOnlySpan<byte> path)
    {
        var segments = new PathSegments(path);
        ReadOnlySpan<byte> below = default, twoBelow = default;
        while (segments.TryTakeLast(out ReadOnlySpan<byte> segment))
        {
            if (segment.StartsWith("io.containerd.runtime."u8) && Containers.ContainerId.IsValid(twoBelow))
            {
                return new BundlePath
                {
                    Layout = below.SequenceEqual("k8s.io"u8) ? BundleLayout.ContainerdCri : BundleLayout.Containerd,
                    Namespace = below,
                    ContainerId = twoBelow,
                };
            }

            if (segment.EndsWith("-containers"u8) && twoBelow.SequenceEqual("userdata"u8) && Containers.ContainerId.IsValid(below))
                return new BundlePath { Layout = BundleLayout.ContainersStorage, ContainerId = below };

            twoBelow = below;
            below = segment;
        }

        return default;
    }
}
