namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What the command line of an OCI runtime says with an option.</summary>
internal enum RuntimeOption
{
    /// <summary>Not in the table: a newer or another runtime's.</summary>
    Unknown = 0,

    /// <summary>Takes no value.</summary>
    Flag,

    /// <summary>Takes a value that nobody here needs.</summary>
    Value,

    Bundle,
    PidFile,
    Root,
    Log,

    /// <summary>Prints a text instead of doing what the verb says.</summary>
    Help,
}
