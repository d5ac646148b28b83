using System.Diagnostics;
using System.Text.Json;

namespace DiffKeeper.Lifecycle.Ratios.Latency;

/// <summary>containerd's own events, as <c>ctr events</c> prints them.</summary>
internal sealed class ContainerdEvents : IDisposable
{
    private const string Topic = "/tasks/start";
    private readonly Process _process;

    public ContainerdEvents(string socket)
    {
        _process = Process.Start(new ProcessStartInfo("ctr", ["--address", socket, "events", $"topic==\"{Topic}\""]) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, line) => Note(line.Data, TimeProvider.System.GetUtcNow());
        _process.BeginOutputReadLine();
    }

    public Arrivals Starts { get; } = new();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <param name="line"><c>TIME NAMESPACE /tasks/start {"container_id":"ID","pid":1}</c>.</param>
    /// <param name="now">When it was read.</param>
    private void Note(string? line, DateTimeOffset now)
    {
        int at = line?.IndexOf('{', StringComparison.Ordinal) ?? -1;
        if (at < 0)
            return;
        using JsonDocument started = JsonDocument.Parse(line.AsMemory(at));
        Starts.Note(started.RootElement.GetProperty("container_id").GetString()!, now);
    }
}
