namespace DiffKeeper.Lifecycle.Injection;

/// <summary>Work on containers: for each of them one thing after the other, for different ones independently.</summary>
/// <remarks>All members are safe to call from several threads at once.</remarks>
internal sealed class InjectionSchedule
{
    private readonly Lock _gate = new();

    /// <summary>The containers for which there is work.</summary>
    private readonly Dictionary<ContainerName, Lane> _lanes = [];

    /// <summary>Adds work on a container, behind what there is for it. Returns at once, whatever the work does.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="work">Is given a token that is cancelled when the container has ended.</param>
    public void Add(ContainerName container, Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(container, out Lane? lane))
                _lanes[container] = lane = new Lane();
            else if (lane.Life.IsCancellationRequested)
                lane.Life = new CancellationTokenSource();
            lane.Pending++;
            lane.Last = RunAsync(container, lane, lane.Last, work, lane.Life.Token);
        }
    }

    /// <summary>Tells the work that there is for the container, and that which is being done, that it has ended. What is added later belongs to another life of it.</summary>
    public void End(ContainerName container)
    {
        CancellationTokenSource? life;
        lock (_gate)
            life = _lanes.GetValueOrDefault(container)?.Life;
        life?.Cancel();
    }

    /// <summary>Completes when all the work is done that was added until now.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
            return Task.WhenAll(_lanes.Values.Select(static lane => lane.Last));
    }

    private async Task RunAsync(ContainerName container, Lane lane, Task previous, Func<CancellationToken, Task> work, CancellationToken ended)
    {
        // On another thread than the caller's, who has events to read; and whatever became of what was before.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await work(ended).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                if (--lane.Pending == 0)
                    _lanes.Remove(container);
            }
        }
    }

    private sealed class Lane
    {
        public CancellationTokenSource Life { get; set; } = new();

        public Task Last { get; set; } = Task.CompletedTask;

        public int Pending { get; set; }
    }
}
