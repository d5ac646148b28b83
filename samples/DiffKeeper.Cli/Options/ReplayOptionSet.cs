using System.CommandLine;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Options;

/// <summary>A recording that is printed in place of what happens on this node.</summary>
internal sealed class ReplayOptionSet
{
    private const string Recorded = "recorded";
    private const string Fast = "fast";

    private readonly Option<string?> _file = new("--replay")
    {
        Description = "Print what was recorded with --record, on any machine and without privileges, in place of what happens on this node.",
        HelpName = "file",
    };

    private readonly Option<string?> _timing = new("--replay-timing") { Description = "Print a recording with the pauses that were recorded, or as fast as it is read. [default: fast]" };

    public ReplayOptionSet() => _timing.AcceptOnlyFromAmong(Recorded, Fast);

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_timing);
    }

    /// <returns><see langword="null"/> where nothing is replayed.</returns>
    /// <exception cref="UsageException">A timing without a recording.</exception>
    public ReplaySettings? Read(ParseResult result)
    {
        string? timing = result.GetValue(_timing);
        if (result.GetValue(_file) is { } file)
            return new ReplaySettings(file, timing == Recorded ? ReplayTiming.Recorded : ReplayTiming.AsFastAsPossible);
        return timing is null ? null : throw new UsageException($"{_timing.Name} says how a recording is printed, and {_file.Name} names none.");
    }
}
