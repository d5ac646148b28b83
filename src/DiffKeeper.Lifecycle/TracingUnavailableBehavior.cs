namespace DiffKeeper.Lifecycle;

/// <summary>What a host does where containers can't be traced.</summary>
public enum TracingUnavailableBehavior
{
    /// <summary>It does not start: the <see cref="TracingUnavailableException"/>, or the <see cref="PlatformNotSupportedException"/>, says why.</summary>
    FailAtStart = 0,

    /// <summary>It runs, and is told of no container; its log and the health check say why.</summary>
    RunWithoutEvents = 1,
}
