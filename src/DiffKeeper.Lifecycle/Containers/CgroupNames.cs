using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The names of a cgroup and of all above it but the root, as the kernel programs write them: each ended by a NUL, the innermost first.</summary>
internal static class CgroupNames
{
    /// <returns>The path below the root of the hierarchy; <see langword="null"/> where there are no names.</returns>
    public static string? ToPath(ReadOnlySpan<byte> names)
    {
        if (names.IsEmpty)
            return null;

        // As long as the names: each has a slash for its NUL.
        Span<byte> path = stackalloc byte[names.Length];
        int at = path.Length;
        while (!names.IsEmpty)
        {
            int length = names.IndexOf((byte)0);
            at -= length + 1;
            path[at] = (byte)'/';
            names[..length].CopyTo(path[(at + 1)..]);
            names = names[(length + 1)..];
        }

        return Encoding.UTF8.GetString(path);
    }
}
