namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>
/// crun 1.8 refuses a machine with cgroup v1 hierarchies where the unified one has controllers as well, as a hybrid
/// machine's has with hugetlb. Mounts such controllers as v1 for as long as the tests run.
/// </summary>
internal sealed class HybridCgroups : IAsyncDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private readonly List<string> _controllers = [];

    public static async Task<HybridCgroups> PrepareAsync()
    {
        var cgroups = new HybridCgroups();
        string unified = Path.Combine(Root, "unified", "cgroup.controllers");
        string[] controllers = File.Exists(unified) ? (await File.ReadAllTextAsync(unified)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];
        foreach (string controller in controllers)
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
            await Tool.RunAsync("umount", Path.Combine(Root, controller));

            // The kernel keeps a hierarchy whose last cgroups are still dying at the unmount; mounting it once more lets it go.
            await Eventually.HoldsAsync(async () => await IsUnifiedAsync(controller) || await RemountAsync(controller));
            Directory.Delete(Path.Combine(Root, controller));
        }
    }

    private static async Task<bool> RemountAsync(string controller)
    {
        await MountAsync(controller);
        await Tool.RunAsync("umount", Path.Combine(Root, controller));
        return false;
    }

    private static async Task MountAsync(string controller)
    {
        string directory = Directory.CreateDirectory(Path.Combine(Root, controller)).FullName;
        await Tool.RunAsync("mount", "-t", "cgroup", "-o", controller, "none", directory);
    }

    private static async Task<bool> IsUnifiedAsync(string controller) =>
        (await File.ReadAllTextAsync(Path.Combine(Root, "unified", "cgroup.controllers"))).Contains(controller, StringComparison.Ordinal);
}
