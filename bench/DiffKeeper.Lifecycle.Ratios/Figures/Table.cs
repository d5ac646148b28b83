using System.Globalization;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Ratios.Figures;

/// <summary>The figures of one run, in Markdown.</summary>
internal static class Table
{
    public static IEnumerable<string> Write(IEnumerable<Measured> measured)
    {
        string date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        yield return $"Measured on {date}, Linux {Environment.OSVersion.Version}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors ({ProcessorName()}), .NET {Environment.Version}.";
        yield return "";
        yield return "| figure | what it is | measured | bound | | from |";
        yield return "|---|---|---:|---:|---|---|";
        foreach (Measured one in measured)
            yield return $"| `{one.Figure.Name}` | {one.Figure.Meaning} | {one.ValueText} | {one.Figure.LimitText} | {one.Verdict} | {one.Basis} |";
    }

    private static string ProcessorName()
        => File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ", 2)[^1] ?? "unknown";
}
