using System.Text.Json;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Writes the OCI runtime configuration that an engine would write.</summary>
internal static class Bundle
{
    public static async Task WriteAsync(string directory, string rootFileSystem, ContainerSpec spec)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, "config.json"), JsonSerializer.SerializeToUtf8Bytes(new
        {
            ociVersion = "1.0.2",
            root = new { path = rootFileSystem, @readonly = true },
            process = DescribeProcess(spec.Command),
            mounts = new[] { new { destination = "/proc", type = "proc", source = "proc" }, new { destination = "/dev", type = "tmpfs", source = "tmpfs" } },
            annotations = spec.Annotations,
            linux = new
            {
                cgroupsPath = spec.CgroupPath,
                namespaces = Namespaces(spec),
                resources = spec.MemoryLimit is { } limit ? new { memory = new { limit } } : null,
            },
        }));
    }

    /// <summary>The specification of a process, which is also what a further one in a running container is told by.</summary>
    public static object DescribeProcess(IReadOnlyList<string> command) =>
        new { terminal = false, cwd = "/", user = new { uid = 0, gid = 0 }, env = new[] { "PATH=/bin" }, args = command };

    private static IEnumerable<Dictionary<string, string>> Namespaces(ContainerSpec spec)
    {
        yield return new() { ["type"] = "mount" };
        yield return new() { ["type"] = "ipc" };
        if (spec.PidNamespaceOf is { } pid)
            yield return new() { ["type"] = "pid", ["path"] = $"/proc/{pid}/ns/pid" };
        else if (!spec.HostPidNamespace)
            yield return new() { ["type"] = "pid" };
    }
}
