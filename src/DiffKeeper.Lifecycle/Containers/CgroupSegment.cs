namespace DiffKeeper.Lifecycle.Containers;

/// <summary>One directory of a cgroup path, recognised by its name and by what lies above it.</summary>
internal readonly ref struct CgroupSegment
{
    private CgroupSegment(CgroupSegmentKind kind, ReadOnlySpan<byte> containerId, string? engine, ReadOnlySpan<byte> podUid = default)
    {
        Kind = kind;
        ContainerId = containerId;
        Engine = engine;
        PodUid = podUid;
    }

    public CgroupSegmentKind Kind { get; }

    public ReadOnlySpan<byte> ContainerId { get; }

    public string? Engine { get; }

    public ReadOnlySpan<byte> PodUid { get; }

    public static CgroupSegment Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> above)
    {
        if (Containers.ContainerId.IsLong(name))
            return FromPlainId(name, above);
        if (name.Contains((byte)':'))
            return FromSystemdTriple(name);
        if (name.SequenceEqual("conmon"u8))
            return FromPodmanMonitor(above);
        if (HoldsNamesOfContainerd(above) && Containers.ContainerId.IsValid(name))
            return new CgroupSegment(CgroupSegmentKind.Container, name, EngineName.Containerd);

        return FromPrefixedId(name.EndsWith(".scope"u8) ? name[..^".scope".Length] : name, above);
    }

    /// <summary><c>docker-ID</c>, <c>cri-containerd-ID</c>, <c>crio-conmon-ID</c> …, as a scope or a directory.</summary>
    private static CgroupSegment FromPrefixedId(ReadOnlySpan<byte> name, ReadOnlySpan<byte> above)
    {
        int dash = name.LastIndexOf((byte)'-');
        if (dash < 0 || !Containers.ContainerId.IsLong(name[(dash + 1)..]))
            return default;

        ReadOnlySpan<byte> prefix = name[..dash];
        bool isMonitor = prefix.EndsWith("-conmon"u8);
        string? engine = EngineOfPrefix(isMonitor ? prefix[..^"-conmon".Length] : prefix);
        return engine is null
            ? default
            : new CgroupSegment(
                isMonitor ? CgroupSegmentKind.Monitor : CgroupSegmentKind.Container, name[(dash + 1)..], engine, KubepodsPath.PodUid(above));
    }

    /// <summary><c>SLICE:PREFIX:ID</c>, a path meant for systemd that a runtime without <c>--systemd-cgroup</c> takes literally.</summary>
    private static CgroupSegment FromSystemdTriple(ReadOnlySpan<byte> name)
    {
        int first = name.IndexOf((byte)':');
        int last = name.LastIndexOf((byte)':');
        ReadOnlySpan<byte> id = name[(last + 1)..];
        string? engine = first < last ? EngineOfPrefix(name[(first + 1)..last]) : null;
        return engine is null || !Containers.ContainerId.IsValid(id)
            ? default
            : new CgroupSegment(CgroupSegmentKind.Container, id, engine, KubepodsPath.PodUid(name[..first]));
    }

    private static CgroupSegment FromPlainId(ReadOnlySpan<byte> id, ReadOnlySpan<byte> above)
    {
        ReadOnlySpan<byte> parent = PathSegments.Last(above);
        if (parent.SequenceEqual("libpod_parent"u8) || parent.StartsWith("overlay"u8))
            return default;

        string? engine = parent.SequenceEqual("docker"u8) ? EngineName.Docker
            : HoldsNamesOfContainerd(above) ? EngineName.Containerd
            : null;
        return new CgroupSegment(CgroupSegmentKind.Container, id, engine, KubepodsPath.PodUid(above));
    }

    /// <summary>With the cgroupfs manager all monitors of a pod, or of all containers without one, share a directory.</summary>
    private static CgroupSegment FromPodmanMonitor(ReadOnlySpan<byte> above)
    {
        ReadOnlySpan<byte> parent = PathSegments.Last(above);
        return parent.SequenceEqual("libpod_parent"u8) || Containers.ContainerId.IsLong(parent)
            ? new CgroupSegment(CgroupSegmentKind.Monitor, default, EngineName.Podman)
            : default;
    }

    /// <summary>Whether containerd's clients put containers here: <c>/NAMESPACE/ID</c>, below the root or below an outer container.</summary>
    private static bool HoldsNamesOfContainerd(ReadOnlySpan<byte> above)
    {
        var segments = new PathSegments(above);
        segments.TryTakeLast(out ReadOnlySpan<byte> @namespace);
        if (!@namespace.SequenceEqual("default"u8) && !@namespace.SequenceEqual("k8s.io"u8))
            return false;

        ReadOnlySpan<byte> outer = PathSegments.Last(segments.Above);
        return outer.IsEmpty || outer.EndsWith(".scope"u8) || Containers.ContainerId.IsLong(outer);
    }

    private static string? EngineOfPrefix(ReadOnlySpan<byte> prefix)
    {
        if (prefix.SequenceEqual("docker"u8))
            return EngineName.Docker;
        if (prefix.SequenceEqual("cri-containerd"u8) || prefix.SequenceEqual("nerdctl"u8))
            return EngineName.Containerd;
        if (prefix.SequenceEqual("crio"u8))
            return EngineName.CriO;
        return prefix.SequenceEqual("libpod"u8) || prefix.SequenceEqual("libpod-payload"u8) ? EngineName.Podman : null;
    }
}
