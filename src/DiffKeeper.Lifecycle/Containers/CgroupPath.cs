using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What the path of a cgroup says about the container in it, as views of the path.</summary>
/// <remarks>
/// Read from the leaf upwards, so that nesting resolves to the innermost container. A name alone never makes a container of a plain
/// service: the engines' prefixes count only before a 64-digit ID. Bare runtimes (<c>/my-id</c>) leave nothing to recognise. Nothing is
/// allocated but strings asked for.
/// </remarks>
internal readonly ref struct CgroupPath
{
    private static ReadOnlySpan<byte> DeletedMark => " (deleted)"u8;

    /// <summary>
    /// The container's ID; in a monitor's cgroup the ID of the container it watches, where the name holds one. Empty where there is none.
    /// </summary>
    public ReadOnlySpan<byte> ContainerId { get; private init; }

    /// <summary>One of <see cref="EngineName"/> where the path names the engine, else <see langword="null"/>.</summary>
    public string? Engine { get; private init; }

    /// <summary>Whether this is the cgroup of a conmon, and not of a container.</summary>
    public bool IsMonitor { get; private init; }

    /// <summary>How many containers (and monitors) lie along the path: 0 for none, more than 1 where the innermost is nested in another.</summary>
    public int Depth { get; private init; }

    /// <summary>The pod's UID as the path spells it: systemd's slices have <c>_</c> for <c>-</c>. Empty outside Kubernetes.</summary>
    public ReadOnlySpan<byte> EscapedPodUid { get; private init; }

    public bool IsContainer => Depth > 0 && !IsMonitor;

    /// <summary>The pod's UID with its dashes; <see langword="null"/> outside Kubernetes.</summary>
    public string? PodUid => EscapedPodUid.IsEmpty ? null : Encoding.ASCII.GetString(EscapedPodUid).Replace('_', '-');

    public static CgroupPath Parse(ReadOnlySpan<byte> path)
    {
        if (path.EndsWith(DeletedMark))
            path = path[..^DeletedMark.Length];

        CgroupSegment innermost = default;
        ReadOnlySpan<byte> podUid = default;
        int depth = 0;
        var segments = new PathSegments(path);
        while (segments.TryTakeLast(out ReadOnlySpan<byte> name))
        {
            var segment = CgroupSegment.Parse(name, segments.Above);
            if (segment.Kind == CgroupSegmentKind.None)
                continue;

            if (++depth == 1)
            {
                innermost = segment;
                podUid = segment.PodUid;
            }

            // A pod of Podman's has a cgroup of its own, named by an ID that isn't a container's.
            if (segment.Engine == EngineName.Podman && Containers.ContainerId.IsLong(PathSegments.Last(segments.Above)))
                segments.TryTakeLast(out _);
        }

        return new CgroupPath
        {
            ContainerId = innermost.ContainerId,
            Engine = innermost.Engine,
            IsMonitor = innermost.Kind == CgroupSegmentKind.Monitor,
            Depth = depth,
            EscapedPodUid = podUid,
        };
    }

    /// <summary>Chooses among the hierarchies in the text of <c>/proc/&lt;pid&gt;/cgroup</c> the one that knows most about containers.</summary>
    /// <remarks>
    /// On a v1 or hybrid host the runtime may have left some hierarchies alone, line <c>0::</c> among them, and a container nested in
    /// another may be seen in some only: so the deepest path wins.
    /// </remarks>
    public static CgroupPath ParseProcFile(ReadOnlySpan<byte> text)
    {
        CgroupPath deepest = default;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            int controllers = line.IndexOf((byte)':') + 1;
            int path = line[controllers..].IndexOf((byte)':') + 1;
            if (controllers == 0 || path == 0)
                continue;

            CgroupPath candidate = Parse(line[(controllers + path)..]);
            if (candidate.Depth > deepest.Depth)
                deepest = candidate;
        }

        return deepest;
    }
}
