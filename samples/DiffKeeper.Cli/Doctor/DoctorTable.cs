using DiffKeeper.Lifecycle;
using Spectre.Console;

namespace DiffKeeper.Cli.Doctor;

/// <summary>A row a requirement, with the cure below what has to be cured.</summary>
internal static class DoctorTable
{
    /// <summary>Without a terminal there is no edge to wrap at.</summary>
    private const int UnlimitedWidth = 10_000;

    public static void Write(IReadOnlyList<RequirementResult> results)
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = UnlimitedWidth;

        Table table = new Table().Border(TableBorder.None).AddColumn("REQUIREMENT").AddColumn("STATUS").AddColumn("WHY, AND THE CURE");
        foreach (TableColumn column in table.Columns.Take(2))
            column.NoWrap().PadRight(2);
        foreach (RequirementResult result in results)
        {
            table.AddRow(new Text(result.Name), new Text(Name(result.Status), StyleOf(result.Status)), new Text(result.Explanation + (result.Cure is null ? "" : ":")));
            if (result.Cure is { } cure)
                table.AddRow(new Text(""), new Text(""), new Text($"-> {cure}", new Style(Color.Aqua)));
        }

        console.Write(table);
        console.Write(new Text(Summary(results) + "\n"));
    }

    private static string Summary(IReadOnlyList<RequirementResult> results)
    {
        int missing = results.Count(static result => result.Status == RequirementStatus.Missing);
        int degraded = results.Count(static result => result.Status == RequirementStatus.Degraded);
        return (missing, degraded) switch
        {
            (0, 0) => "Everything is there.",
            (0, _) => "Nothing is missing, but not everything will be told.",
            _ => $"{missing} missing.",
        };
    }

    private static string Name(RequirementStatus status) => status switch
    {
        RequirementStatus.Met => "ok",
        RequirementStatus.Missing => "MISSING",
        RequirementStatus.Degraded => "degraded",
        _ => "-",
    };

    private static Style StyleOf(RequirementStatus status) => status switch
    {
        RequirementStatus.Met => new Style(Color.Green),
        RequirementStatus.Missing => new Style(Color.Red),
        RequirementStatus.Degraded => new Style(Color.Yellow),
        _ => new Style(Color.Grey),
    };
}
