namespace DiffKeeper.Lifecycle.Injection;

/// <summary>A name in which <c>*</c> stands for any characters, or none. Everything else stands for itself, in its case.</summary>
internal sealed class NamePattern(string pattern)
{
    private readonly string[] _parts = pattern.Split('*');

    public static NamePattern[] ParseAll(IEnumerable<string> patterns) => [.. patterns.Select(static pattern => new NamePattern(pattern))];

    public bool Matches(string name)
    {
        if (_parts.Length == 1)
            return name == pattern;
        (string first, string last) = (_parts[0], _parts[^1]);
        if (name.Length < first.Length + last.Length
            || !name.StartsWith(first, StringComparison.Ordinal)
            || !name.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        // The earliest place for each part leaves the most for those that follow.
        ReadOnlySpan<char> between = name.AsSpan(first.Length, name.Length - first.Length - last.Length);
        foreach (string part in _parts.AsSpan()[1..^1])
        {
            int at = between.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
                return false;
            between = between[(at + part.Length)..];
        }

        return true;
    }
}
