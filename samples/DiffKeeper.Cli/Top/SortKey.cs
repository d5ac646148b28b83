namespace DiffKeeper.Cli.Top;

/// <summary>What rows are sorted by, in the order in which the key leads through them.</summary>
internal enum SortKey
{
    /// <summary>What changed last comes first.</summary>
    Age,

    /// <summary>What runs comes first.</summary>
    State,
    Name,
    Image,

    /// <summary>What the OOM killer took comes first, then the highest code.</summary>
    Exit,
}
