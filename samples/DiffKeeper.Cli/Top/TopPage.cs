using System.Globalization;
using DiffKeeper.Cli.Output;
using DiffKeeper.Cli.Terminals;

namespace DiffKeeper.Cli.Top;

/// <summary>Lays out the screen: a line of figures, the headings, the rows, and the keys.</summary>
internal static class TopPage
{
    private const int LinesAround = 3;
    private const string Keys = "q quit  / filter  s sort  r reverse  x hide ended  arrows, PgUp, PgDn scroll";

    /// <summary>How many rows a screen has room for.</summary>
    public static int RowsOn(int height) => Math.Max(1, height - LinesAround);

    /// <param name="all">Every container.</param>
    /// <param name="view">What of them is looked at.</param>
    /// <param name="now">What ages are told by.</param>
    /// <param name="size">Of the screen.</param>
    /// <param name="injects">Whether there is an injector.</param>
    /// <param name="notice">What has to be said; <see langword="null"/> for nothing.</param>
    public static IReadOnlyList<IReadOnlyList<StyledText>> Lay(
        IReadOnlyList<ContainerRow> all, TopView view, DateTimeOffset now, (int Columns, int Rows) size, bool injects, string? notice = null)
    {
        IReadOnlyList<ContainerRow> rows = RowOrder.Select(all, view);
        IReadOnlyList<(Column Column, int Width)> columns = Columns.Fit(size.Columns, injects);
        int page = RowsOn(size.Rows);
        ContainerRow[] shown = [.. rows.Skip(view.First).Take(page)];

        List<IReadOnlyList<StyledText>> lines = [Figures(all, rows.Count, view.First, shown.Length, now), Headings(columns, view, size.Columns)];
        lines.AddRange(shown.Select(row => Cells(row, columns, now)));
        if (rows.Count == 0)
            lines.Add([new StyledText(all.Count == 0 ? "No container runs. What is created shows up here by itself." : "No container is shown of those that there are: see the filter.", Ink.Faint)]);
        while (lines.Count < size.Rows - 1)
            lines.Add([]);
        lines.Add(Foot(view, notice));
        return lines;
    }

    private static IReadOnlyList<StyledText> Figures(IReadOnlyList<ContainerRow> all, int count, int first, int shown, DateTimeOffset now)
    {
        int running = all.Count(static row => row.State == ContainerState.Running);
        int created = all.Count(static row => row.State == ContainerState.Created);
        string clock = now.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string part = shown == all.Count ? "" : shown == 0 ? $"  showing 0 of {count}" : $"  showing {first + 1}-{first + shown} of {count}";
        return [new StyledText("diffkeeper top", Ink.Bold), new StyledText($"  {clock}  {running} running  {created} created  {all.Count - running - created} ended{part}")];
    }

    private static IReadOnlyList<StyledText> Headings(IReadOnlyList<(Column Column, int Width)> columns, TopView view, int width)
    {
        string mark = view.IsReversed ? " ^" : " v";
        string text = string.Join(new string(' ', Columns.Gap), columns.Select(column => (column.Column.Title + (column.Column.Sort == view.Sort ? mark : "")).PadRight(column.Width)));
        return [new StyledText(text.PadRight(width), Ink.Reverse)];
    }

    private static List<StyledText> Cells(ContainerRow row, IReadOnlyList<(Column Column, int Width)> columns, DateTimeOffset now)
    {
        List<StyledText> cells = [];
        foreach ((Column column, int width) in columns)
        {
            string text = PlainText.Cut(column.Text(row, now), width, column.KeepsEnd);
            cells.Add(new StyledText(text.PadRight(width), InkOf(row, column)));
            cells.Add(new StyledText(new string(' ', Columns.Gap)));
        }

        cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    private static Ink InkOf(ContainerRow row, Column column) => column.Sort switch
    {
        SortKey.State when row.State == ContainerState.Running => Ink.Green,
        SortKey.State when row.State == ContainerState.Created => Ink.Yellow,
        SortKey.State when row.State == ContainerState.Failed => Ink.Red,
        SortKey.Exit when row.Last is { ExitCode: not 0 } => Ink.Red,
        _ when row.Injection == InjectionState.Failed && column.Title == "INJECTION" => Ink.Red,
        _ => row.HasEnded ? Ink.Faint : Ink.Plain,
    };

    private static IReadOnlyList<StyledText> Foot(TopView view, string? notice)
    {
        if (view.IsTyping)
            return [new StyledText("filter: ", Ink.Bold), new StyledText(view.Filter), new StyledText(" ", Ink.Reverse), new StyledText("  Enter keeps it, Esc clears it", Ink.Faint)];
        if (notice is not null)
            return [new StyledText(PlainText.Of(notice), Ink.Yellow)];
        string filter = view.Filter.Length > 0 ? $"filter: {view.Filter} (Esc clears it)  " : "";
        return [new StyledText(filter, Ink.Bold), new StyledText(Keys, Ink.Faint)];
    }
}
