namespace DiffKeeper.Lifecycle.Tests.Replay;

internal enum TraceLineKind
{
    /// <summary>Nothing that the kernel programs act on but a fork; still it shows a process.</summary>
    Sight = 0,

    /// <summary>What the recording's maker did next.</summary>
    Section,

    Exec,

    /// <summary>The thread group's leader exited before its other threads.</summary>
    LeaderExit,

    Exit,

    CgroupEntered,

    CgroupRemoved,
}
