namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where the cgroup hierarchies are mounted: on hosts of today one at /sys/fs/cgroup, on others one a controller.</summary>
internal static class CgroupMounts
{
    private const string UnifiedType = "cgroup2";
    private const string ControllerType = "cgroup";

    private static readonly Lazy<Dictionary<string, string>> Mounts = new(Read);

    /// <param name="controller">A v1 controller; empty for the v2 hierarchy.</param>
    public static string? Find(string controller) => Mounts.Value.GetValueOrDefault(controller);

    private static Dictionary<string, string> Read()
    {
        var mounts = new Dictionary<string, string>();
        foreach (string line in File.ReadLines("/proc/self/mounts"))
        {
            // "cgroup /sys/fs/cgroup/pids cgroup rw,relatime,pids 0 0" (fstab(5)).
            switch (line.Split(' '))
            {
                case [_, var path, UnifiedType, ..]:
                    mounts.TryAdd("", path);
                    break;
                case [_, var path, ControllerType, var options, ..]:
                    foreach (string option in options.Split(','))
                        mounts.TryAdd(option, path);
                    break;
            }
        }

        return mounts;
    }
}
