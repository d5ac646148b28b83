using System.Globalization;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Removes the cgroups that engines leave behind, in every hierarchy.</summary>
internal static class Cgroups
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly EnumerationOptions AtAnyDepth = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static bool Exist(string name) => Named(name).Count > 0;

    /// <summary>Kills what runs in the cgroups of this name, and removes them with those below.</summary>
    public static async Task RemoveAsync(string name)
    {
        foreach (string cgroup in Named(name))
        {
            // The kernel lets go of a cgroup a moment after its last process was killed.
            await Eventually.HoldsAsync(() => TryRemoveTree(cgroup), Patience);
        }
    }

    /// <summary>Removes the cgroups of this name in which nothing is.</summary>
    public static void RemoveEmpty(string name)
    {
        foreach (string cgroup in Named(name))
            TryRemove(cgroup);
    }

    /// <summary>Removes the cgroups of a hierarchy in which nothing is.</summary>
    public static void RemoveEmptyBelow(string hierarchy)
    {
        foreach (string cgroup in Directory.GetDirectories(hierarchy))
        {
            RemoveEmptyBelow(cgroup);
            TryRemove(cgroup);
        }
    }

    private static List<string> Named(string name) => [.. Directory.EnumerateDirectories(Root, name, AtAnyDepth)];

    private static bool TryRemoveTree(string cgroup)
    {
        try
        {
            foreach (string child in Directory.GetDirectories(cgroup))
                TryRemoveTree(child);

            foreach (string pid in File.ReadLines(Path.Combine(cgroup, "cgroup.procs")))
                ProcessSignal.Send(int.Parse(pid, CultureInfo.InvariantCulture), ProcessSignal.Kill);
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }

        return TryRemove(cgroup);
    }

    private static bool TryRemove(string cgroup)
    {
        try
        {
            Directory.Delete(cgroup);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(cgroup);
        }
    }
}
