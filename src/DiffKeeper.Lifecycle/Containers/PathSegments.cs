namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Takes a path apart from its end, without allocating.</summary>
internal ref struct PathSegments(ReadOnlySpan<byte> path)
{
    private ReadOnlySpan<byte> _rest = path.TrimEnd((byte)'/');

    /// <summary>What hasn't been taken yet: the path above the last segment.</summary>
    public readonly ReadOnlySpan<byte> Above => _rest;

    /// <summary>Takes the last segment; false once there is none.</summary>
    public bool TryTakeLast(out ReadOnlySpan<byte> segment)
    {
        segment = Last(_rest);
        _rest = _rest[..^segment.Length].TrimEnd((byte)'/');
        return !segment.IsEmpty;
    }

    /// <summary>The last segment of a path that doesn't end with a slash.</summary>
    public static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];
}
