namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where the cgroup hierarchies are mounted whole: on hosts of today one at /sys/fs/cgroup, on others one a controller.</summary>
/// <remarks>In a container's own mounts there may be no more than its part of each; the first process's are then looked at through its root.</remarks>
internal static class CgroupMounts
{
    private const string UnifiedType = "cgroup2";
    private const string ControllerType = "cgroup";
    private const string Whole = "/";

    private static readonly Lazy<Dictionary<string, string>> Mounts = new(static () => Read(ReadLines("/proc/self/mountinfo"), ReadLines("/proc/1/mountinfo")));

    /// <param name="controller">A v1 controller; empty for the v2 hierarchy.</param>
    public static string? Find(string controller) => Mounts.Value.GetValueOrDefault(controller);

    /// <param name="own">This process's mounts, as mountinfo has them (proc_pid_mountinfo(5)).</param>
    /// <param name="first">The first process's.</param>
    public static Dictionary<string, string> Read(IEnumerable<string> own, IEnumerable<string> first)
    {
        var mounts = new Dictionary<string, string>();
        Add(mounts, own, root: "");
        Add(mounts, first, root: "/proc/1/root");
        return mounts;
    }

    private static void Add(Dictionary<string, string> mounts, IEnumerable<string> lines, string root)
    {
        foreach (string line in lines)
        {
            // "36 35 0:31 / /sys/fs/cgroup/pids rw,relatime shared:9 - cgroup cgroup rw,pids".
            if (line.Split(" - ") is not [var mount, var fileSystem] || mount.Split(' ') is not [_, _, _, Whole, var path, ..])
                continue;

            switch (fileSystem.Split(' '))
            {
                case [UnifiedType, ..]:
                    mounts.TryAdd("", root + path);
                    break;
                case [ControllerType, _, var options]:
                    foreach (string option in options.Split(','))
                        mounts.TryAdd(option, root + path);
                    break;
            }
        }
    }

    private static string[] ReadLines(string mountInfo)
    {
        try
        {
            return File.ReadAllLines(mountInfo);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
