using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where a tracer that runs in a container itself finds the node's file system.</summary>
internal static class HostRoot
{
    /// <summary>The first process's root needs no mount, but CAP_SYS_PTRACE; the others are what agents of this kind are commonly given.</summary>
    private static readonly string[] Candidates = ["/proc/1/root", "/host", "/rootfs", "/hostfs", "/host/root"];

    /// <summary>Empty where this process's own root is the node's, and where the node's is not to be found.</summary>
    public static string Find() => Find(new SystemFiles()) ?? "";

    /// <summary>Empty where this process's own root is the node's; <see langword="null"/> where the node's is not to be found.</summary>
    public static string? Find(SystemFiles files) => IsOwn(files) ? "" : Candidates.FirstOrDefault(candidate => IsNode(files, candidate));

    /// <summary>A node has a /proc of its own, empty or not, and a /run.</summary>
    public static bool IsNode(SystemFiles files, string root) => files.DirectoryExists(root + "/proc") && files.DirectoryExists(root + "/run");

    private static bool IsOwn(SystemFiles files)
    {
        string? own = RootMount(files, "/proc/self/mountinfo");
        return own is null || own == RootMount(files, "/proc/1/mountinfo");
    }

    /// <summary>What is mounted at the root of a process: device, directory on it, and type of file system.</summary>
    private static string? RootMount(SystemFiles files, string mountInfo)
    {
        string? root = null;
        foreach (string line in files.ReadLines(mountInfo))
        {
            if (line.Split(' ', 6) is [_, _, var device, var directory, "/", ..])
                root = $"{device} {directory}";
        }

        return root;
    }
}
