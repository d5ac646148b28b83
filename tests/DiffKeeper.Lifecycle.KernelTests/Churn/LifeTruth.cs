namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>One life of a container, from an OCI runtime's <c>create</c> to the removal, as its engine told it.</summary>
internal sealed record LifeTruth(Ending Ending)
{
    /// <summary>The init process; <see langword="null"/> where it didn't live for long enough to be asked for.</summary>
    public int? Pid { get; init; }

    public int ExitCode { get; init; }

    public int? Signal { get; init; }

    public bool OomKilled => Ending == Ending.OutOfMemory;

    /// <summary>Before its engine was told to create it; a timestamp of <see cref="TimeProvider.System"/>.</summary>
    public required long Before { get; init; }

    /// <summary>When it still ran for sure; <see langword="null"/> where that isn't known.</summary>
    public long? Running { get; init; }

    /// <summary>How many programs were executed in it.</summary>
    public int Execs { get; init; }

    /// <summary>What has to be told of it, in this order.</summary>
    public IEnumerable<LifecycleState> States => Ending switch
    {
        Ending.BadEntrypoint => [LifecycleState.Create, LifecycleState.CreateFailed],
        Ending.NeverStarted => [LifecycleState.Create, LifecycleState.Delete],
        _ => [LifecycleState.Create, LifecycleState.Start, .. Enumerable.Repeat(LifecycleState.Exec, Execs), LifecycleState.Stop, LifecycleState.Delete],
    };
}
