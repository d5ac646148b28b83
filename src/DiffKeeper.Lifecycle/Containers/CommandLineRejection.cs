namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Why a command line gives no container ID although its verb needs one.</summary>
internal enum CommandLineRejection
{
    None = 0,

    /// <summary>There is no argument where the ID belongs.</summary>
    MissingId,

    /// <summary>The argument where the ID belongs isn't one (<see cref="ContainerId.IsValid"/>).</summary>
    InvalidId,

    /// <summary>The argv was cut before or within the ID.</summary>
    Truncated,

    /// <summary>An option that isn't in the table precedes the ID, and whether the next argument is its value can't be told.</summary>
    UnknownOption,
}
