using System.CommandLine;
using DiffKeeper.Cli.Options;

namespace DiffKeeper.Cli.Top;

/// <summary>What <c>diffkeeper top</c> shows at first.</summary>
internal sealed class TopOptionSet
{
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(1);

    private readonly Option<string> _sort = new("--sort") { Description = "What rows are sorted by at first: age, state, name, image or exit.", HelpName = "key", DefaultValueFactory = static _ => "age" };
    private readonly Option<string> _filter = new("--filter") { Description = "Words that all have to be somewhere in a row, to begin with.", HelpName = "words", DefaultValueFactory = static _ => "" };
    private readonly Option<TimeSpan?> _keep = NotedOption.Create("--keep", "time", "How long a container that has ended is still shown. [default: 1m]", Notations.Time);

    public TopOptionSet() => _sort.AcceptOnlyFromAmong("age", "state", "name", "image", "exit");

    public void AddTo(Command command)
    {
        command.Add(_sort);
        command.Add(_filter);
        command.Add(_keep);
    }

    public TopView ReadView(ParseResult result) => new() { Sort = Enum.Parse<SortKey>(result.GetValue(_sort)!, ignoreCase: true), Filter = result.GetValue(_filter)! };

    public TimeSpan ReadRetention(ParseResult result) => result.GetValue(_keep) ?? Retention;
}
