namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>How a container's life goes.</summary>
internal enum Ending
{
    /// <summary>By itself, with an exit code.</summary>
    Exits,

    /// <summary>By a signal that it sends itself, which only an init process in the host's pid namespace can.</summary>
    SignalsItself,

    /// <summary>By the engine's SIGKILL.</summary>
    Killed,

    /// <summary>By the engine's SIGTERM, which it handles.</summary>
    Terminates,

    /// <summary>By the OOM killer.</summary>
    OutOfMemory,

    /// <summary>Its entrypoint can't be executed.</summary>
    BadEntrypoint,

    /// <summary>It is created and removed, and nothing in between.</summary>
    NeverStarted,
}
