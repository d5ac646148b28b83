namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What containerd's shim was executed to do.</summary>
internal enum ShimAction
{
    /// <summary>No word behind the options: the daemon that stays with the containers.</summary>
    Serve = 0,

    /// <summary>Executed by containerd, starts the daemon and ends.</summary>
    Start,

    /// <summary>Executed by containerd, cleans up behind a daemon and ends.</summary>
    Delete,

    Other,
}
