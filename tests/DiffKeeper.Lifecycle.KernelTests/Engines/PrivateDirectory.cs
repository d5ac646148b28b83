namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A temporary directory that goes with everything in it: shims that were told of it, mounts below it, files.</summary>
internal sealed class PrivateDirectory(string purpose) : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory($"diffkeeper-{purpose}-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public async ValueTask DisposeAsync()
    {
        KillShims();
        foreach (string mount in MountsBelow())
            await Tool.TryAsync("umount", "--lazy", mount);

        Directory.Delete(Path, recursive: true);
    }

    /// <summary>A shim outlives its containerd; its command line names containerd's socket, which is in here.</summary>
    private void KillShims()
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(System.IO.Path.GetFileName(process), out int pid) && IsShim(process))
                ProcessSignal.Send(pid, ProcessSignal.Kill);
        }
    }

    private bool IsShim(string process)
    {
        try
        {
            string commandLine = System.IO.File.ReadAllText(System.IO.Path.Combine(process, "cmdline"));
            return commandLine.Contains("containerd-shim", StringComparison.Ordinal) && commandLine.Contains(Path, StringComparison.Ordinal);
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
