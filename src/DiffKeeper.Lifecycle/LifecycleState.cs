namespace DiffKeeper.Lifecycle;

/// <summary>What happened to a container.</summary>
public enum LifecycleState
{
    /// <summary>Not a state of a container: the default value, which no event carries.</summary>
    Unknown = 0,

    /// <summary>An OCI runtime was executed with <c>create</c> or <c>run</c> for the container. It has no init process yet.</summary>
    Create = 1,

    /// <summary>The container's init process executed its entrypoint.</summary>
    Start = 2,

    /// <summary>The container's init process exited.</summary>
    Stop = 3,

    /// <summary>The OCI runtime removed the container: its cgroup is gone.</summary>
    Delete = 4,

    /// <summary><c>create</c> ended without an init process, or the entrypoint could not be executed.</summary>
    CreateFailed = 5,

    /// <summary>A further process entered the running container (<c>docker exec</c>, <c>kubectl exec</c>, a probe).</summary>
    Exec = 6,
}
