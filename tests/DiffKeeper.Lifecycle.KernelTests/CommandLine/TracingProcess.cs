using System.Text.Json;
using CliWrap;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A diffkeeper that traces.</summary>
internal sealed class TracingProcess : RunningProgram
{
    private TracingProcess(Command command)
        : base(command)
    {
    }

    /// <summary>What was printed of the containers, as it was told; only where it is printed as JSON.</summary>
    public IReadOnlyList<LifecycleEvent> Events => [.. Output.Select(line => JsonSerializer.Deserialize(line, LifecycleJsonContext.Default.LifecycleEvent)!)];

    /// <inheritdoc cref="StartAsync(Command)"/>
    public static Task<TracingProcess> StartAsync(params IReadOnlyList<string> arguments) => StartAsync(DiffkeeperProgram.Describe(arguments));

    /// <summary>Returns once the program has said that it traces.</summary>
    public static async Task<TracingProcess> StartAsync(Command command)
    {
        var process = new TracingProcess(command);
        try
        {
            await process.WaitUntilAsync(() => process.Errors.Contains("tracing: ", StringComparison.Ordinal));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the lines of one container, parsed, once that of its removal is there.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForEventsOfAsync(string containerId)
    {
        await WaitUntilAsync(() => Output.Count(line => line.Contains(containerId, StringComparison.Ordinal)) >= 4);
        return [.. Output.Where(line => line.Contains(containerId, StringComparison.Ordinal)).Select(line => JsonElement.Parse(line))];
    }
}
