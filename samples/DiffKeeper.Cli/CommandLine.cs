using System.CommandLine;

namespace DiffKeeper.Cli;

/// <summary>The options of <c>diffkeeper</c>, and what becomes of mistakes in them.</summary>
internal static class CommandLine
{
    private const int UsageError = 2;

    /// <summary>Less than the second in which a signal has to end the program.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromMilliseconds(900);

    public static async Task<int> RunAsync(string[] args)
    {
        var output = new Option<string>("--output", "-o") { Description = "How events are printed: a table, or JSON, one object a line.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var debug = new Option<bool>("--debug") { Description = "Log what is seen and decided, to standard error." };

        var root = new RootCommand("Prints every container of this node as it is created, starts and stops, whatever runs it.") { output, debug };
        root.SetAction((result, cancellationToken) => TraceCommand.RunAsync(
            result.GetValue(output) == "json" ? new JsonEventWriter() : new TableEventWriter(), result.GetValue(debug), cancellationToken));

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [var error, ..])
        {
            await Console.Error.WriteLineAsync($"diffkeeper: {error.Message} 'diffkeeper --help' lists the options.");
            return UsageError;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout });
    }
}
