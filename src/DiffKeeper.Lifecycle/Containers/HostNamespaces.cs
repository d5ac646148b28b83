using System.Globalization;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What tells the node's own processes from those in its containers.</summary>
/// <param name="MountNamespace">The inode number of the init process's mount namespace.</param>
/// <param name="RootDevice">The device of its root directory as the kernel numbers it: <c>major &lt;&lt; 20 | minor</c>.</param>
internal readonly record struct HostNamespaces(uint MountNamespace, uint RootDevice)
{
    /// <summary>Reads both of process 1, which is the node's in the initial pid namespace; 0 stands for what can't be read.</summary>
    public static HostNamespaces Read(string procRoot = "/proc")
    {
        try
        {
            return new HostNamespaces(ParseInode(new FileInfo($"{procRoot}/1/ns/mnt").LinkTarget), ParseRootDevice(File.ReadLines($"{procRoot}/1/mountinfo")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>
    /// Whether a process sees the node's file system: either it shares the mount namespace, or, as daemons with a private one
    /// (systemd's MountFlags, unshare -m) do, it has the same root.
    /// </summary>
    public bool IsHost(uint mountNamespace, uint rootDevice)
        => mountNamespace == MountNamespace || (rootDevice != 0 && rootDevice == RootDevice);

    /// <summary>"mnt:[4026531841]" (proc_pid_ns(5)).</summary>
    private static uint ParseInode(string? link)
        => link is ['m', 'n', 't', ':', '[', .. var inode, ']'] && uint.TryParse(inode, CultureInfo.InvariantCulture, out uint value) ? value : 0;

    /// <summary>The third and fifth fields of the line that is mounted at "/" (proc_pid_mountinfo(5)); a later line covers an earlier one.</summary>
    private static uint ParseRootDevice(IEnumerable<string> mountInfo)
    {
        uint device = 0;
        foreach (string line in mountInfo)
        {
            if (line.Split(' ', 6) is [_, _, var numbers, _, "/", ..]
                && numbers.Split(':') is [var major, var minor]
                && uint.TryParse(major, CultureInfo.InvariantCulture, out uint majorNumber)
                && uint.TryParse(minor, CultureInfo.InvariantCulture, out uint minorNumber))
            {
                device = (majorNumber << 20) | minorNumber;
            }
        }

        return device;
    }
}
