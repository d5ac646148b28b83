using CliWrap;
using CliWrap.Buffered;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Runs a program to its end, never through a shell and never for longer than a test could take.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns whatever the exit code is.</summary>
    public static Task<BufferedCommandResult> TryAsync(string program, params IReadOnlyList<string> arguments) => TryAsync(Describe(program, arguments));

    /// <inheritdoc cref="TryAsync(string, IReadOnlyList{string})"/>
    public static async Task<BufferedCommandResult> TryAsync(Command command)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            return await command.ExecuteBufferedAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"'{command}' did not end within {Patience.TotalSeconds} s and was killed.");
        }
    }

    /// <summary>Returns what the program wrote to its standard output, trimmed; throws with all of its output where it fails.</summary>
    public static Task<string> RunAsync(string program, params IReadOnlyList<string> arguments) => RunAsync(Describe(program, arguments));

    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string})"/>
    public static async Task<string> RunAsync(Command command)
    {
        BufferedCommandResult result = await TryAsync(command);
        return result.ExitCode == 0
            ? result.StandardOutput.Trim()
            : throw new InvalidOperationException($"'{command}' exited with {result.ExitCode}: {result.StandardError}{result.StandardOutput}");
    }

    public static Command Describe(string program, params IReadOnlyList<string> arguments) =>
        Cli.Wrap(Programs.Require(program))
            .WithArguments(arguments)
            .WithEnvironmentVariables(environment => environment.Set("PATH", Programs.SearchPath))
            .WithValidation(CommandResultValidation.None);
}
