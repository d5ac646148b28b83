using System.CommandLine;
using DiffKeeper.Cli.Output;

namespace DiffKeeper.Cli.Options;

/// <summary>How events are printed, if at all.</summary>
internal sealed class OutputOption
{
    private const string Table = "table";
    private const string Json = "json";

    private readonly Option<string?> _option = new("--output", "-o")
    {
        Description = "How events are printed: a table, or JSON, one object a line. [default: table, or nothing beside a program, whose output it would mix with]",
    };

    public OutputOption() => _option.AcceptOnlyFromAmong(Table, Json);

    public void AddTo(Command command) => command.Add(_option);

    /// <returns><see langword="null"/> where nothing is to be printed.</returns>
    public IEventWriter? Read(ParseResult result, bool isBesideProgram) => result.GetValue(_option) switch
    {
        Json => new JsonEventWriter(),
        null when isBesideProgram => null,
        _ => new TableEventWriter(),
    };
}
