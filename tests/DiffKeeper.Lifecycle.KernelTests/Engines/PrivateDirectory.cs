using System.Diagnostics;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A temporary directory that goes with everything in it: engines' processes that were told of it, mounts below it, files.</summary>
internal sealed class PrivateDirectory(string purpose) : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory($"diffkeeper-{purpose}-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public async ValueTask DisposeAsync()
    {
        await EndEnginesAsync();
        foreach (string mount in MountsBelow())
            await Tool.TryAsync("umount", "--lazy", mount);

        Directory.Delete(Path, recursive: true);
    }

    /// <summary>
    /// A shim outlives its containerd, and is killed. Podman's conmon, and the podman that it executes, still write into this directory when
    /// the container is removed already: they are waited for.
    /// </summary>
    private async Task EndEnginesAsync()
    {
        foreach (int shim in EngineProcesses(IsShim))
            ProcessSignal.Send(shim, ProcessSignal.Kill);
        if (!await Eventually.HoldsAsync(() => EngineProcesses(IsOfEngine).Count == 0))
            throw new TimeoutException($"These were told of {Path} and have not ended: {string.Join(' ', EngineProcesses(IsOfEngine))}.");
    }

    /// <summary>All have a directory or a socket in here on their command lines; a zombie has none any more.</summary>
    private List<int> EngineProcesses(Func<string, bool> isMeant) =>
        [.. Process.GetProcesses().Where(process => isMeant(process.ProcessName) && WasToldOfThis(process)).Select(process => process.Id)];

    private static bool IsOfEngine(string name) => IsShim(name) || name is "conmon" or "podman";

    private static bool IsShim(string name) => name.StartsWith("containerd-shim", StringComparison.Ordinal);

    private bool WasToldOfThis(Process process)
    {
        try
        {
            return System.IO.File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(Path, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private List<string> MountsBelow() =>
        [.. System.IO.File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' ')[1])
            .Where(mount => mount.StartsWith(Path + '/', StringComparison.Ordinal))
            .OrderByDescending(mount => mount.Length)];
}
