using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>A container as the tracker knows it: who it is, and how far its life has come.</summary>
internal sealed class Container
{
    public required string Id { get; init; }

    public required string Runtime { get; init; }

    public required string OciRuntime { get; init; }

    public string? Bundle { get; init; }

    public string? Namespace { get; init; }

    /// <summary>The init process, in the initial pid namespace; 0 before the entrypoint was executed.</summary>
    public int Pid { get; set; }

    public LifecycleEvent ToEvent(LifecycleState state, DateTimeOffset timestamp)
        => new()
        {
            State = state,
            ContainerId = Id,
            Pid = Pid,
            Runtime = Runtime,
            OciRuntime = OciRuntime,
            Bundle = Bundle,
            Namespace = Namespace,
            Timestamp = timestamp,
        };

    /// <param name="timestamp">When the init process exited.</param>
    /// <param name="exit">The record of it.</param>
    public LifecycleEvent ToStop(DateTimeOffset timestamp, in RecordHeader exit)
    {
        WaitStatus status = new(exit.ExitStatus);
        return ToEvent(LifecycleState.Stop, timestamp) with
        {
            ExitCode = status.ExitCode,
            Signal = status.Signal,
            OomKilled = exit.Flags.HasFlag(RecordFlags.OomKilled),
        };
    }
}
