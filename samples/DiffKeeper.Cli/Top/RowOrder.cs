namespace DiffKeeper.Cli.Top;

/// <summary>Sorts and filters rows.</summary>
internal static class RowOrder
{
    public static IReadOnlyList<ContainerRow> Select(IEnumerable<ContainerRow> rows, TopView view)
    {
        string[] words = view.Filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<ContainerRow> shown = rows.Where(row => !(view.HidesEnded && row.HasEnded) && Array.TrueForAll(words, word => Matches(row, word)));
        IOrderedEnumerable<ContainerRow> sorted = Sort(shown, view.Sort).ThenByDescending(static row => row.Since).ThenBy(static row => row.Id, StringComparer.Ordinal);
        return [.. view.IsReversed ? sorted.Reverse() : sorted];
    }

    private static IOrderedEnumerable<ContainerRow> Sort(IEnumerable<ContainerRow> rows, SortKey key) => key switch
    {
        SortKey.State => rows.OrderBy(static row => row.State),
        SortKey.Name => rows.OrderBy(static row => row.Name, StringComparer.Ordinal),
        SortKey.Image => rows.OrderBy(static row => row.Image, StringComparer.Ordinal),
        SortKey.Exit => rows.OrderByDescending(static row => row.Last.OomKilled).ThenByDescending(static row => row.Last.ExitCode ?? -1),
        _ => rows.OrderByDescending(static row => row.Since),
    };

    private static bool Matches(ContainerRow row, string word)
        => Array.Exists([row.Last.ContainerId, row.StateName, row.Name, row.Image, row.Runtime, row.Exit, row.InjectionName], text => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
