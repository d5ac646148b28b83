namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Paths of a Linux node, which may be looked at on a machine with another kind: a recording is replayed anywhere.</summary>
internal static class UnixPath
{
    /// <summary>A path as seen from a directory, without <c>.</c> and <c>..</c>.</summary>
    public static string Resolve(string directory, string path)
    {
        var segments = new List<string>();
        foreach (string segment in $"{directory}/{path}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
                segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
            else if (segment != ".")
                segments.Add(segment);
        }

        return "/" + string.Join('/', segments);
    }
}
