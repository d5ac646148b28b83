using DiffKeeper.Cli.Interop;

namespace DiffKeeper.Cli.Bootstrap;

/// <summary>As a container's first process, this one is given every process that has lost its parent, and would be the only one to wait for it.</summary>
internal sealed class OrphanReaper : IAsyncDisposable
{
    private const int FirstProcess = 1;

    /// <summary>.NET takes the exit status of its own children as soon as it is told of them; what is still there a round later is nobody's.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Interval);
    private readonly Task _reaping;

    private OrphanReaper() => _reaping = ReapAsync();

    /// <returns><see langword="null"/> where another process does it.</returns>
    public static OrphanReaper? StartIfNeeded() => Environment.ProcessId == FirstProcess ? new OrphanReaper() : null;

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _reaping;
    }

    private async Task ReapAsync()
    {
        HashSet<int> seen = [];
        while (await _timer.WaitForNextTickAsync())
        {
            HashSet<int> zombies = [.. Zombies()];
            foreach (int pid in zombies.Where(seen.Contains))
                _ = LibC.WaitForProcess(pid, out _, LibC.NoHang);
            seen = zombies;
        }
    }

    /// <summary>Orphans are given to the main thread, whose number is the process's.</summary>
    private static IEnumerable<int> Zombies() =>
        File.ReadAllText($"/proc/self/task/{FirstProcess}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Where(IsZombie);

    private static bool IsZombie(int pid)
    {
        try
        {
            // The name before it stands in parentheses, and may hold anything.
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart() is ['Z', ..];
        }
        catch (IOException)
        {
            return false;
        }
    }
}
