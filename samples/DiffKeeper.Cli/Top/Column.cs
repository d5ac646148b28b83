namespace DiffKeeper.Cli.Top;

/// <summary>A column of the table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Sort">What it is sorted by, if it can be.</param>
/// <param name="Width">The least that it takes.</param>
/// <param name="Growth">Its share of what is left over.</param>
/// <param name="Rank">Where there is no room for all, those of the highest rank go first; 0 stays.</param>
/// <param name="Text">What it says of a row.</param>
internal sealed record Column(string Title, SortKey? Sort, int Width, int Growth, int Rank, Func<ContainerRow, DateTimeOffset, string> Text)
{
    /// <summary>Whether the end says more than the beginning.</summary>
    public bool KeepsEnd { get; init; }
}
