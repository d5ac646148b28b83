using System.Diagnostics;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary>execsnoop of libbpf-tools, which prints every exec there is; here to nowhere.</summary>
internal sealed class ExecSnoop : IDisposable
{
    private const string Heading = "PCOMM";

    // It attaches through tracefs, which not every node has mounted; a mount namespace of its own leaves the node as it is. Its heading has to come before
    // the first execs have filled a buffer.
    private static readonly string[] WithTracefs = ["--mount", "/bin/sh", "-c", "mount -t tracefs none /sys/kernel/tracing && exec stdbuf --output=L execsnoop"];

    private readonly Process _process;

    private ExecSnoop(Process process) => _process = process;

    /// <summary>Returns when it has attached its programs.</summary>
    public static ExecSnoop Start()
    {
        var process = Process.Start(new ProcessStartInfo("unshare", WithTracefs) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("execsnoop did not start: eng/ratios.sh installs it (libbpf-tools).");
        string? heading = process.StandardOutput.ReadLine();
        if (heading?.Contains(Heading, StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"execsnoop did not begin as it does: {heading}");

        // Read on, or it would stop at a full pipe.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return new ExecSnoop(process);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
