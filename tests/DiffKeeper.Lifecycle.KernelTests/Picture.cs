namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>What a consumer makes of the events that it is told: the containers that are there.</summary>
internal sealed class Picture
{
    private readonly HashSet<string> _containers = [];

    public void Apply(LifecycleEvent e)
    {
        switch (e.State)
        {
            case LifecycleState.Create or LifecycleState.Start:
                _containers.Add(e.ContainerId);
                break;
            case LifecycleState.Stop or LifecycleState.Delete or LifecycleState.CreateFailed:
                _containers.Remove(e.ContainerId);
                break;
        }
    }

    /// <summary>Those of these that are there.</summary>
    public HashSet<string> Of(IEnumerable<string> ids) => [.. ids.Where(_containers.Contains)];
}
