namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Reads the NUL-terminated arguments of an argv in order, and never hands out one that may be cut.</summary>
/// <remarks>
/// The bytes are <c>mm->arg_start</c> to <c>arg_end</c> as the kernel holds them after exec: each argument ends with a NUL, the last one
/// too. So a missing terminator means a cut. Of an argv said to be truncated the last argument isn't believed even with a terminator, which
/// the reader of the memory may have added.
/// </remarks>
internal ref struct ArgvReader(ReadOnlySpan<byte> argv, bool truncated)
{
    private ReadOnlySpan<byte> _rest = argv;

    /// <summary>Whether arguments are missing at the end. Certain once <see cref="TryRead"/> has returned false.</summary>
    public bool IsTruncated { get; private set; } = truncated;

    public bool TryRead(out ReadOnlySpan<byte> argument)
    {
        int end = _rest.IndexOf((byte)0);
        bool cut = end < 0 ? !_rest.IsEmpty : IsTruncated && end == _rest.Length - 1;
        if (end < 0 || cut)
        {
            IsTruncated |= cut;
            _rest = default;
            argument = default;
            return false;
        }

        argument = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Looks at the next argument without taking it.</summary>
    public readonly bool TryPeek(out ReadOnlySpan<byte> argument)
    {
        ArgvReader ahead = this;
        return ahead.TryRead(out argument);
    }
}
