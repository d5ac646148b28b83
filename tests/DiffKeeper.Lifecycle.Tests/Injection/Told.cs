namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>Events of containers, as a tracer tells them.</summary>
internal static class Told
{
    // Beyond the largest that Linux gives (PID_MAX_LIMIT, 4,194,304): no process of this machine has it.
    public const int InitPid = 200_000_000;

    public static LifecycleEvent Start(string id = "c1", int pid = InitPid) => Event(LifecycleState.Start, id) with { Pid = pid, ProcessStartTicks = 815 };

    public static LifecycleEvent Create(string id = "c1") => Event(LifecycleState.Create, id);

    public static LifecycleEvent Stop(string id = "c1", int pid = InitPid) => Start(id, pid) with { State = LifecycleState.Stop };

    public static LifecycleEvent Delete(string id = "c1", int pid = InitPid) => Start(id, pid) with { State = LifecycleState.Delete };

    private static LifecycleEvent Event(LifecycleState state, string id) => new()
    {
        State = state,
        ContainerId = id,
        Runtime = "containerd",
        OciRuntime = "runc",
        Bundle = "/bundles/" + id,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
