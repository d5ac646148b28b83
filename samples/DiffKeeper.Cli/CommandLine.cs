using System.CommandLine;
using DiffKeeper.Lifecycle;

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
        var tracing = new TracerOptionSet();
        var debug = new Option<bool>("--debug") { Description = "Log what is seen and decided, to standard error." };

        var root = new RootCommand("Prints every container of this node: what runs now, and then whatever is created, starts, stops and goes, whoever runs it.") { output };
        tracing.AddTo(root);
        root.Add(debug);
        root.SetAction((result, cancellationToken) =>
        {
            LifecycleTracerOptions options;
            try
            {
                options = tracing.Read(result);
            }
            catch (ArgumentException e)
            {
                // Without the name of the parameter, which is the library's and not the user's.
                return RefuseAsync(e.Message.Split(" (Parameter")[0]);
            }

            IEventWriter writer = result.GetValue(output) == "json" ? new JsonEventWriter() : new TableEventWriter();
            return TraceCommand.RunAsync(writer, options, result.GetValue(debug), cancellationToken);
        });

        ParseResult parsed = root.Parse(args);
        return parsed.Errors is [var error, ..]
            ? await RefuseAsync(error.Message)
            : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout });
    }

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync($"diffkeeper: {OneLine(message)} 'diffkeeper --help' lists the options.");
        return UsageError;
    }

    /// <summary>The parser puts each allowed value on a line of its own.</summary>
    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.') + ".";
}
