using System.Text.Json;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A diffkeeper that traces.</summary>
internal sealed class TracingProcess : RunningProgram
{
    private TracingProcess(IReadOnlyList<string> arguments)
        : base(DiffkeeperProgram.Describe(arguments))
    {
    }

    /// <summary>Returns once the program has said that it traces.</summary>
    public static async Task<TracingProcess> StartAsync(params IReadOnlyList<string> arguments)
    {
        var process = new TracingProcess(arguments);
        try
        {
            await process.WaitUntilAsync(() => process.Errors.Contains("tracing", StringComparison.OrdinalIgnoreCase));
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
