using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class CgroupMountsTests
{
    private static readonly string[] HybridHost =
    [
        "24 22 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        "35 34 0:30 / /sys/fs/cgroup/unified rw,nosuid shared:8 - cgroup2 cgroup2 rw,nsdelegate",
        "36 34 0:31 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct",
        "37 34 0:32 / /sys/fs/cgroup/pids rw,nosuid - cgroup cgroup rw,pids",
    ];

    private static readonly string[] ContainerOnIt =
    [
        "90 80 0:50 / / rw,relatime - overlay overlay rw",
        "91 90 0:32 /docker/5f23 /sys/fs/cgroup/pids ro,nosuid - cgroup cgroup rw,pids",
    ];

    [Test]
    public void Every_hierarchy_is_found_where_it_is_mounted()
    {
        Dictionary<string, string> mounts = CgroupMounts.Read(HybridHost, HybridHost);

        Assert.That(
            (mounts[""], mounts["cpu"], mounts["cpuacct"], mounts["pids"]),
            Is.EqualTo(("/sys/fs/cgroup/unified", "/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/pids")));
    }

    [Test]
    public void A_container_s_part_of_a_hierarchy_is_not_taken_for_the_whole()
    {
        Dictionary<string, string> mounts = CgroupMounts.Read(ContainerOnIt, HybridHost);

        Assert.That((mounts[""], mounts["pids"]), Is.EqualTo(("/proc/1/root/sys/fs/cgroup/unified", "/proc/1/root/sys/fs/cgroup/pids")));
    }

    [Test]
    public void The_host_s_file_system_below_another_directory_serves_as_well()
    {
        string[] mounted = [.. ContainerOnIt, "99 90 0:32 / /host/sys/fs/cgroup/pids ro - cgroup cgroup rw,pids"];

        Assert.That(CgroupMounts.Read(mounted, [])["pids"], Is.EqualTo("/host/sys/fs/cgroup/pids"));
    }

    [Test]
    public void What_cannot_be_seen_is_nowhere() => Assert.That(CgroupMounts.Read(ContainerOnIt, []), Is.Empty);
}
