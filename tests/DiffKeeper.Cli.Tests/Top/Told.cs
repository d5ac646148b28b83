using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Tests.Top;

/// <summary>Events as a tracer would tell them.</summary>
internal static class Told
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static LifecycleEvent Of(LifecycleState state, string id = "web-1", int second = 0) => new()
    {
        State = state,
        ContainerId = id,
        Runtime = "containerd",
        OciRuntime = "runc",
        Pid = state == LifecycleState.Create ? 0 : 4711,
        Timestamp = Noon.AddSeconds(second),
    };
}
