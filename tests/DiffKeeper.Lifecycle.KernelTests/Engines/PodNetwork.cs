using System.Text.Json;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Networks of pods' own, which only this machine reaches.</summary>
internal static class PodNetwork
{
    /// <summary>The plugin that connects a pod and the node by a pair of interfaces, in Debian's containernetworking-plugins.</summary>
    public const string Plugin = Plugins + "/ptp";

    private const string Plugins = "/usr/lib/cni";

    /// <summary>What containerd's configuration says of it.</summary>
    public static string Describe(string directory) => $"""
        [plugins."io.containerd.grpc.v1.cri".cni]
        bin_dir = "{Plugins}"
        conf_dir = "{directory}"
        """;

    /// <param name="directory">Of the configuration, and for what the plugins keep.</param>
    public static async Task ConfigureAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "10-pods.conflist"), JsonSerializer.Serialize(new
        {
            cniVersion = "0.4.0",
            name = "diffkeeper-pods",
            // Of the addresses for benchmarks (RFC 2544), which nothing else is to have.
            plugins = new[] { new { type = "ptp", ipam = new { type = "host-local", subnet = "198.19.97.0/24", dataDir = Path.Combine(directory, "addresses") } } },
        }));
    }
}
