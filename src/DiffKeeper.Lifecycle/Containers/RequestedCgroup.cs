using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The cgroup that a bundle asks for (<c>linux.cgroupsPath</c>), as a path below the root of the hierarchy.</summary>
internal static class RequestedCgroup
{
    private const string SliceSuffix = ".slice";
    private const string DefaultSlice = "system.slice";

    /// <returns><see langword="null"/> where the runtime chooses by itself, or puts it below its own.</returns>
    public static string? ToPath(string? cgroupsPath) => cgroupsPath switch
    {
        null => null,
        ['/', ..] => cgroupsPath,
        // The form for systemd: SLICE:PREFIX:NAME (libcontainer/cgroups/systemd).
        _ when cgroupsPath.Split(':') is [var slice, var prefix, var name] => $"{ExpandSlice(slice)}/{(prefix.Length == 0 ? name : $"{prefix}-{name}")}.scope",
        _ => null,
    };

    /// <summary>A slice's name holds the path to it: a-b.slice lies in a.slice (systemd.slice(5)).</summary>
    private static string ExpandSlice(string slice)
    {
        if (slice.Length == 0)
            return '/' + DefaultSlice;
        if (slice is "-.slice" || !slice.EndsWith(SliceSuffix, StringComparison.Ordinal))
            return slice is "-.slice" ? "" : '/' + slice;

        var path = new StringBuilder();
        string name = slice[..^SliceSuffix.Length];
        for (int dash = name.IndexOf('-', StringComparison.Ordinal); dash >= 0; dash = name.IndexOf('-', dash + 1))
            path.Append('/').Append(name, 0, dash).Append(SliceSuffix);
        return path.Append('/').Append(slice).ToString();
    }
}
