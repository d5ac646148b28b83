namespace DiffKeeper.Lifecycle.Containers;

/// <summary>How far a container's life has come.</summary>
internal enum ContainerPhase
{
    /// <summary>The OCI runtime that creates it runs.</summary>
    Creating = 0,

    /// <summary>Its init process waits for the runtime's <c>start</c>.</summary>
    Created,

    /// <summary>The entrypoint was executed.</summary>
    Running,

    /// <summary>The init process has exited.</summary>
    Stopped,

    /// <summary>It was removed, or came to nothing.</summary>
    Gone,
}
