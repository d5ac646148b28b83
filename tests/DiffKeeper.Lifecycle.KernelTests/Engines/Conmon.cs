using System.Text.Json;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>conmon, and what it reports of its container: to a file in the place of the engine's pipe.</summary>
internal static class Conmon
{
    // The descriptor that conmon reports to.
    private const string SyncVariable = "_OCI_SYNCPIPE";
    private const string Script = """exec conmon "$@" 3>>"$0" """;

    /// <summary>Returns the process that the OCI runtime created, or the exit code of what it executed.</summary>
    /// <param name="report">A file that isn't there yet.</param>
    /// <param name="key">What is to be reported: <c>pid</c> or <c>exit_code</c>.</param>
    /// <param name="arguments">conmon's.</param>
    /// <exception cref="InvalidOperationException">The OCI runtime failed.</exception>
    public static async Task<int> RunAsync(string report, string key, params IReadOnlyList<string> arguments)
    {
        await Tool.RunAsync(Tool.Describe("sh", ["-c", Script, report, .. arguments])
            .WithEnvironmentVariables(environment => environment.Set("PATH", Programs.SearchPath).Set(SyncVariable, "3")));

        JsonElement reported = default;
        bool came = await Eventually.HoldsAsync(() => File.ReadLines(report).Any(line => TryRead(line, key, out reported)));
        if (!came || reported.GetProperty(key).GetInt32() < 0)
            throw new InvalidOperationException($"conmon {string.Join(' ', arguments)} reported: {await File.ReadAllTextAsync(report)}");

        return reported.GetProperty(key).GetInt32();
    }

    /// <summary>An exec is reported of twice: by its process, and by its exit code.</summary>
    private static bool TryRead(string line, string key, out JsonElement report)
    {
        report = JsonElement.Parse(line);
        return report.TryGetProperty(key, out _) || report.TryGetProperty("message", out _);
    }
}
