using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Top;

/// <summary>The containers of the node: those that are there, and for a while those that have ended.</summary>
/// <param name="retention">How long one that has ended is kept.</param>
/// <param name="policy">Which are injected; <see langword="null"/> for none.</param>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class NodeContainers(TimeSpan retention, InjectionPolicy? policy = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ContainerKey, ContainerRow> _rows = [];

    /// <summary>By the init process as well: an injection may be told of before the event that called for it.</summary>
    private readonly Dictionary<(ContainerKey Container, int Pid), InjectionState> _injections = [];

    public bool Injects => policy is not null;

    public void Apply(LifecycleEvent e)
    {
        lock (_lock)
        {
            var key = ContainerKey.Of(e);
            if (Next(e, _rows.GetValueOrDefault(key)) is { } row)
                _rows[key] = row;
            if (policy is not null && e.State is LifecycleState.Create or LifecycleState.Start && policy.ReasonToSkip(e) is null)
                _injections.TryAdd((key, e.Pid), InjectionState.Pending);
        }
    }

    /// <summary>An injection has ended.</summary>
    public void Apply(LifecycleEvent container, InjectionResult result)
    {
        lock (_lock)
        {
            _injections[(ContainerKey.Of(container), container.Pid)] = result.Outcome switch
            {
                InjectionOutcome.Succeeded => InjectionState.Done,
                InjectionOutcome.Failed => InjectionState.Failed,
                _ => InjectionState.Skipped,
            };
        }
    }

    /// <summary>What there is, without those that ended too long ago, which are dropped.</summary>
    public IReadOnlyList<ContainerRow> List(DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach ((ContainerKey key, ContainerRow row) in _rows)
            {
                if (row.HasEnded && now - row.Since >= retention)
                    _rows.Remove(key);
            }

            foreach ((ContainerKey Container, int Pid) injection in _injections.Keys)
            {
                if (!_rows.ContainsKey(injection.Container))
                    _injections.Remove(injection);
            }

            return [.. _rows.Select(entry => entry.Value with { Injection = InjectionOf(entry.Key, entry.Value.Last.Pid) })];
        }
    }

    /// <returns><see langword="null"/> where nothing changes.</returns>
    private static ContainerRow? Next(LifecycleEvent e, ContainerRow? row) => e.State switch
    {
        LifecycleState.Create => new ContainerRow(e, ContainerState.Created, e.Timestamp, row?.Exits ?? 0),
        LifecycleState.Start => new ContainerRow(e, ContainerState.Running, e.ProcessStartTime ?? e.Timestamp, row?.Exits ?? 0),
        LifecycleState.Stop => new ContainerRow(e, ContainerState.Exited, e.Timestamp, (row?.Exits ?? 0) + 1),
        LifecycleState.CreateFailed => new ContainerRow(e, ContainerState.Failed, e.Timestamp, row?.Exits ?? 0),
        LifecycleState.Delete when row is { HasEnded: false } => row with { State = ContainerState.Removed, Since = e.Timestamp },
        _ => null,
    };

    private InjectionState InjectionOf(ContainerKey key, int pid)
        => _injections.TryGetValue((key, pid), out InjectionState state) ? state : _injections.GetValueOrDefault((key, 0));
}
