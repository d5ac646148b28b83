using System.CommandLine;
using DiffKeeper.Cli.Bootstrap;
using DiffKeeper.Cli.Doctor;
using DiffKeeper.Cli.Options;
using DiffKeeper.Cli.Status;
using DiffKeeper.Cli.Top;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DiffKeeper.Cli;

/// <summary>The options of <c>diffkeeper</c>, and what becomes of mistakes in them.</summary>
internal static class CommandLine
{
    private const int Failure = 1;
    private const int UsageError = 2;

    /// <summary>What comes after it is a program and its arguments, and none of it is for us to understand.</summary>
    private const string Separator = "--";

    /// <summary>Less than the second in which a signal has to end the program.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(900);

    /// <summary>Injectors that run are given their own time to end, which is less.</summary>
    private static readonly TimeSpan InjectorsTimeToEnd = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(string[] args)
    {
        int separator = Array.IndexOf(args, Separator);
        string[] program = separator < 0 ? [] : args[(separator + 1)..];
        var options = new AgentOptionSet();
        var root = new RootCommand(
            "Prints every container of this node, whoever runs it: what runs now, and then whatever is created, starts, stops and goes. Runs an injector for each, "
            + "where one is named. What follows '--' is a program that is run beside it, once it traces; then this ends with it, and with its exit code.");
        options.AddTo(root);
        root.Add(DoctorCommand.Create(options));
        root.Add(TopCommand.Create(options));
        root.SetAction((result, cancellationToken) => RunAsync(options, result, program, cancellationToken));

        ParseResult parsed = root.Parse(separator < 0 ? args : args[..separator]);
        if (program is not [] && parsed.CommandResult.Command != root)
            return await RefuseAsync($"'diffkeeper {parsed.CommandResult.Command.Name}' runs no program beside it, and one follows '{Separator}'.");
        return parsed.Errors is [var error, ..]
            ? await RefuseAsync(error.Message)
            : await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout(program, options.NamesInjector(parsed)),
            });
    }

    private static async Task<int> RunAsync(AgentOptionSet options, ParseResult result, string[] program, CancellationToken cancellationToken)
    {
        // The signals' handlers are registered when this first yields, and from the line `tracing` on they have to be.
        await Task.Yield();
        return await GuardAsync(async () =>
        {
            AgentSettings settings = options.Read(result, program);
            using ILoggerFactory loggers = CreateLoggers(settings.Debug);
            var agent = new Agent(settings, loggers);
            if (settings.Bootstrap is { } bootstrap)
                return await agent.RunAsync(bootstrap);
            await agent.RunAsync(cancellationToken);
            return 0;
        });
    }

    /// <summary>Turns what is known to go wrong into a sentence and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (UsageException e)
        {
            return await RefuseAsync(e.Message);
        }
        catch (ArgumentException e)
        {
            // Without the name of the parameter, which is the library's and not the user's.
            return await RefuseAsync(e.Message.Split(" (Parameter")[0]);
        }
        catch (InjectorFileException e)
        {
            return await FailAsync(UsageError, e.Message);
        }
        catch (BootstrapException e)
        {
            return await FailAsync(e.ExitCode, e.Message);
        }
        catch (Exception e) when (e is LifecycleException or PlatformNotSupportedException or ListenException)
        {
            return await FailAsync(Failure, e.Message);
        }
    }

    /// <summary>How long a signal waits for what it ends; <see langword="null"/> where signals are the program's.</summary>
    private static TimeSpan? TerminationTimeout(string[] program, bool injects) =>
        program is [] ? injects ? InjectorsTimeToEnd : TimeToEnd : null;

    private static async Task<int> RefuseAsync(string message) => await FailAsync(UsageError, $"{OneLine(message)} 'diffkeeper --help' lists the options.");

    private static async Task<int> FailAsync(int exitCode, string message)
    {
        await Console.Error.WriteLineAsync($"diffkeeper: {message}");
        return exitCode;
    }

    /// <summary>The parser puts each allowed value on a line of its own.</summary>
    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.') + ".";

    public static ILoggerFactory CreateLoggers(bool debug)
        => LoggerFactory.Create(logging => logging
            .SetMinimumLevel(debug ? LogLevel.Debug : LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddSimpleConsole(static console => console.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
