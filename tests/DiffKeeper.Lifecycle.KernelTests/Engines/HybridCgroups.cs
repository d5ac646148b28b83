using System.Globalization;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>
/// crun 1.8 refuses a machine with cgroup v1 hierarchies where the unified one has controllers as well, as a hybrid
/// machine's has with hugetlb. Mounts such controllers as v1 for as long as the tests run.
/// </summary>
internal sealed class HybridCgroups : IAsyncDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(5);
    private readonly List<string> _controllers = [];

    public static async Task<HybridCgroups> PrepareAsync()
    {
        var cgroups = new HybridCgroups();
        string unified = Path.Combine(Root, "unified", "cgroup.controllers");
        string[] controllers = File.Exists(unified) ? (await File.ReadAllTextAsync(unified)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];
        foreach (string controller in controllers.Where(controller => !IsMounted(controller)))
        {
            await MountAsync(controller);
            cgroups._controllers.Add(controller);
        }

        return cgroups;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string controller in _controllers)
        {
            Cgroups.RemoveEmptyBelow(Path.Combine(Root, controller));

            // A removed cgroup goes on dying for a while, and the kernel keeps a hierarchy for good that is unmounted before it is dead.
            await Eventually.HoldsAsync(() => CountOfCgroups(controller) == 1, TimeToDie);
            await Tool.RunAsync("umount", Path.Combine(Root, controller));
            Directory.Delete(Path.Combine(Root, controller));
        }
    }

    private static bool IsMounted(string controller) =>
        File.ReadLines("/proc/self/mounts").Any(line => line.Split(' ')[1] == Path.Combine(Root, controller));

    private static int CountOfCgroups(string controller)
    {
        string[] columns = File.ReadLines("/proc/cgroups").Select(line => line.Split('\t')).Single(columns => columns[0] == controller);
        return int.Parse(columns[2], CultureInfo.InvariantCulture);
    }

    private static async Task MountAsync(string controller)
    {
        string directory = Directory.CreateDirectory(Path.Combine(Root, controller)).FullName;
        await Tool.RunAsync("mount", "-t", "cgroup", "-o", controller, "none", directory);
    }
}
