namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What an OCI runtime was executed to do.</summary>
internal enum RuntimeVerb
{
    /// <summary>No verb: an empty argv, options alone, or an argv cut before it.</summary>
    Unknown = 0,

    Create,
    Run,
    Start,
    Exec,
    Kill,
    Delete,
    State,
    Pause,
    Resume,
    Restore,
    Checkpoint,

    /// <summary>runc's second and third execution of itself, inside the container to be.</summary>
    Init,

    Features,

    /// <summary>
    /// Anything that neither begins nor ends a container: <c>list</c>, <c>ps</c>, <c>events</c>, <c>update</c>, <c>--version</c>, every
    /// request for help.
    /// </summary>
    Other,
}
