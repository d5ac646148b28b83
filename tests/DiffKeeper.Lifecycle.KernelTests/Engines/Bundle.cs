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
            process = new { terminal = false, cwd = "/", user = new { uid = 0, gid = 0 }, env = new[] { "PATH=/bin" }, args = spec.Command },
            mounts = new[] { new { destination = "/proc", type = "proc", source = "proc" }, new { destination = "/dev", type = "tmpfs", source = "tmpfs" } },
            annotations = spec.Annotations,
            linux = new
            {
                namespaces = Namespaces(spec).Select(type => new { type }),
                resources = spec.MemoryLimit is { } limit ? new { memory = new { limit } } : null,
            },
        }));
    }

    private static string[] Namespaces(ContainerSpec spec) => spec.HostPidNamespace ? ["mount", "ipc"] : ["mount", "ipc", "pid"];
}
