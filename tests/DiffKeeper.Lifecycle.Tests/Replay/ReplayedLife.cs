namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>All that was told of one life of a container.</summary>
/// <param name="Section">What the recording's maker did when it began.</param>
internal sealed record ReplayedLife(string Section)
{
    private const int IdDigits = 64;
    private const int ShortIdDigits = 12;

    public List<LifecycleEvent> Events { get; } = [];

    public IEnumerable<LifecycleState> States => Events.Select(static e => e.State);

    /// <summary>As the tables of what was recorded have it.</summary>
    public override string ToString()
    {
        LifecycleEvent created = Events[0];
        string id = created.ContainerId.Length == IdDigits ? created.ContainerId[..ShortIdDigits] : created.ContainerId;
        string init = Events.Find(static e => e.State == LifecycleState.Start) is { } start ? $"{start.Pid - KernelModel.PidOffset}" : "";
        return string.Join(" | ", Section, id, created.Runtime, created.OciRuntime, init, Ending());
    }

    private string Ending()
    {
        if (States.Contains(LifecycleState.CreateFailed))
            return "failed";
        return Events.Find(static e => e.State == LifecycleState.Stop) switch
        {
            null => "",
            { OomKilled: true } => "oom",
            { Signal: { } signal } => $"signal {signal}",
            { ExitCode: var code } => $"exit {code}",
        };
    }
}
