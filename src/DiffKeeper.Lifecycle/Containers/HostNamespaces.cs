using System.Globalization;
using DiffKeeper.Lifecycle.Interop;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What tells the node's own processes from those in its containers.</summary>
/// <param name="MountNamespace">The inode number of the first process's mount namespace; 0 where it can't be read.</param>
/// <param name="Root">The root directory of the node.</param>
internal readonly record struct HostNamespaces(uint MountNamespace, RootDirectory Root)
{
    /// <param name="hostRoot">Where the node's file system is mounted; empty where it is this process's own.</param>
    public static HostNamespaces Read(string hostRoot = "")
    {
        // The link may be refused (ptrace(2)'s access check), since the first process may have a capability that this one lacks.
        return new HostNamespaces(
            ParseMountNamespace(ProcessFiles.NamespaceLink(1, "mnt")), new RootDirectory(RootDeviceOf(1), LibC.Inode(hostRoot + "/") ?? 0));
    }

    /// <summary>"mnt:[4026531841]" (proc_pid_ns(5)); 0 for anything else.</summary>
    public static uint ParseMountNamespace(string? link)
        => link is ['m', 'n', 't', ':', '[', .. var inode, ']'] && uint.TryParse(inode, CultureInfo.InvariantCulture, out uint value) ? value : 0;

    /// <summary>The device of a process's root directory, as mountinfo has it: on btrfs stat(2) gives another one, made up for the subvolume.</summary>
    public static uint RootDeviceOf(int pid)
    {
        try
        {
            return ParseRootDevice(File.ReadLines($"/proc/{pid}/mountinfo"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>
    /// Whether a process is the node's own: either it shares the first process's mount namespace, or, as daemons with a private one do
    /// (systemd's MountFlags, unshare -m), it has the same root directory and the initial pid namespace.
    /// </summary>
    public bool IsHost(in RecordHeader process)
        => (MountNamespace != 0 && process.MountNamespace == MountNamespace)
            || (process.Root == Root && process.Flags.HasFlag(RecordFlags.InitialPidNamespace));

    /// <summary>The third field of the line whose fifth is "/" (proc_pid_mountinfo(5)); a later line covers an earlier one.</summary>
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
