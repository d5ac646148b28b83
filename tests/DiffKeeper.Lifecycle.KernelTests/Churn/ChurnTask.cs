namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>One engine's next piece of work: a container, or a pod of several.</summary>
internal sealed record ChurnTask(ChurnEngineKind Engine, IReadOnlyList<Scenario> Containers)
{
    /// <summary>The Kubernetes namespace of a pod.</summary>
    public string Namespace { get; init; } = $"ns-{Guid.NewGuid():N}";

    /// <summary>Whether the containers of a pod see each other's processes.</summary>
    public bool SharesPidNamespace { get; init; }

    /// <summary>A container that stays until its checkpoint is opened.</summary>
    public static (ChurnTask Task, Checkpoint Checkpoint) Lasting(ChurnEngineKind engine)
    {
        var checkpoint = new Checkpoint();
        return (new ChurnTask(engine, [Scenario.Killed() with { Checkpoint = checkpoint }]), checkpoint);
    }
}
