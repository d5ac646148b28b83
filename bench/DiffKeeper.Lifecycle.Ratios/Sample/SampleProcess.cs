using System.Diagnostics;
using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.Ratios.Sample;

/// <summary><c>diffkeeper</c>, published with Native AOT, that traces until disposed.</summary>
internal sealed class SampleProcess : IDisposable
{
    private readonly Process _process;

    private SampleProcess(Process process, TimeSpan attached)
    {
        _process = process;
        Attached = attached;
    }

    /// <summary>From the start of the process to the line that says it traces.</summary>
    public TimeSpan Attached { get; }

    public long ResidentKibibytes => Read($"/proc/{_process.Id}/status", "VmRSS:");

    /// <summary>Of each of its threads so far, voluntary or not.</summary>
    public IReadOnlyDictionary<string, long> ContextSwitches
        => Directory.EnumerateDirectories($"/proc/{_process.Id}/task").ToDictionary(
            static thread => thread,
            static thread => Read($"{thread}/status", "voluntary_ctxt_switches:") + Read($"{thread}/status", "nonvoluntary_ctxt_switches:"));

    public static SampleProcess Start()
    {
        long began = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(Peers.Diffkeeper, ["--output", "json"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string? line;
        while ((line = process.StandardError.ReadLine())?.Contains("tracing", StringComparison.Ordinal) == false)
        {
        }

        return line is null ? throw new InvalidOperationException("diffkeeper ended before it traced.") : new SampleProcess(process, Stopwatch.GetElapsedTime(began));
    }

    public void Dispose()
    {
        ProcessSignal.Send(_process.Id, ProcessSignal.Terminate);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static long Read(string path, string field)
        => long.Parse(File.ReadLines(path).First(line => line.StartsWith(field, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
