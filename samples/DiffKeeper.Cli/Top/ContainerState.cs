namespace DiffKeeper.Cli.Top;

/// <summary>How a container stands, in the order in which they are sorted.</summary>
internal enum ContainerState
{
    Running,
    Created,

    /// <summary>Its init process has exited.</summary>
    Exited,

    /// <summary>It never ran.</summary>
    Failed,

    /// <summary>It was removed without having run, or without that its exit was seen.</summary>
    Removed,
}
