
namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where a tracer that runs in a container itself finds the node's file system.</summary>
internal static class HostRoot
{
    /// <summary>The first process's root needs no mount, but CAP_SYS_PTRACE; the others are what agents of this kind are commonly given.</summary>
    private static readonly string[] Candidates = ["/proc/1/root", "/host", "/rootfs", "/hostfs", "/host/root"];

    /// <summary>Empty where this process's own root is the node's.</summary>
    public static string Find()
    {
        if (IsOwn())
            return "";
        // A node has a /proc of its own, empty or not, and a /run.
        return Candidates.FirstOrDefault(static candidate => Directory.Exists(candidate + "/proc") && Directory.Exists(candidate + "/run")) ?? "";
    }

    private static bool IsOwn()
    {
        string? own = RootMount("/proc/self/mountinfo");
        return own is null || own == RootMount("/proc/1/mountinfo");
    }

    /// <summary>What is mounted at the root of a process: device, directory on it, and type of file system.</summary>
    private static string? RootMount(string mountInfo)
    {
        try
        {
            string? root = null;
            foreach (string line in File.ReadLines(mountInfo))
            {
                if (line.Split(' ', 6) is [_, _, var device, var directory, "/", ..])
                    root = $"{device} {directory}";
            }

            return root;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
