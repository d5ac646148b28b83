using System.Globalization;

namespace DiffKeeper.Cli.Top;

/// <summary>Which columns there are, and which have room.</summary>
internal static class Columns
{
    public const int Gap = 2;

    private static readonly Column Injection = new("INJECTION", null, Width: 9, Growth: 0, Rank: 2, static (row, _) => row.InjectionName);

    private static readonly Column[] All =
    [
        new("CONTAINER", null, Width: 12, Growth: 1, Rank: 0, static (row, _) => row.Id),
        new("STATE", SortKey.State, Width: 7, Growth: 0, Rank: 0, static (row, _) => row.StateName),
        new("AGE", SortKey.Age, Width: 5, Growth: 0, Rank: 0, static (row, now) => Age(now - row.Since)),
        new("NAME", SortKey.Name, Width: 14, Growth: 3, Rank: 0, static (row, _) => row.Name),
        new("IMAGE", SortKey.Image, Width: 12, Growth: 2, Rank: 3, static (row, _) => row.Image) { KeepsEnd = true },
        new("RUNTIME", null, Width: 15, Growth: 0, Rank: 4, static (row, _) => row.Runtime),
        new("PID", null, Width: 7, Growth: 0, Rank: 5, static (row, _) => row.Last.Pid == 0 ? "" : row.Last.Pid.ToString(CultureInfo.InvariantCulture)),
        new("EXIT", SortKey.Exit, Width: 13, Growth: 0, Rank: 1, static (row, _) => row.Exit),
    ];

    /// <summary>Those that have room, and how much each gets.</summary>
    public static IReadOnlyList<(Column Column, int Width)> Fit(int width, bool injects)
    {
        List<Column> columns = [.. All, .. injects ? [Injection] : Array.Empty<Column>()];
        while (Needed(columns) > width && columns.Exists(static column => column.Rank > 0))
            columns.Remove(columns.MaxBy(static column => column.Rank)!);

        int left = Math.Max(0, width - Needed(columns));
        int growth = columns.Sum(static column => column.Growth);
        return [.. columns.Select(column => (column, column.Width + (left * column.Growth / growth)))];
    }

    /// <summary>As short as it gets: 59s, 59m, 47h, 999d.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 0 } => "0s",
        { TotalMinutes: < 1 } => Invariant($"{(int)age.TotalSeconds}s"),
        { TotalHours: < 1 } => Invariant($"{(int)age.TotalMinutes}m"),
        { TotalHours: < 48 } => Invariant($"{(int)age.TotalHours}h"),
        _ => Invariant($"{(int)age.TotalDays}d"),
    };

    private static int Needed(List<Column> columns) => columns.Sum(static column => column.Width) + (Gap * (columns.Count - 1));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
