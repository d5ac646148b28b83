using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using k8s;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>What the chart makes of its values.</summary>
internal static class RenderedChart
{
    /// <param name="values">What differs from the chart's own; <see langword="null"/> for nothing.</param>
    public static async Task<IReadOnlyList<IKubernetesObject<V1ObjectMeta>>> RenderAsync(object? values = null)
    {
        await using var directory = new PrivateDirectory("chart");
        string file = directory.File("values.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(values ?? new { }));
        string rendered = await Tool.RunAsync(
            Tool.Describe("go", "run", Path.Combine(Manifests.Repository, "eng/chart/render.go"), Manifests.Chart, "diffkeeper", "diffkeeper", file)
                // Debian's Go libraries.
                .WithEnvironmentVariables(environment => environment.Set("PATH", Programs.SearchPath).Set("GO111MODULE", "off").Set("GOPATH", "/usr/share/gocode")));
        return [.. Manifests.Parse(rendered)];
    }
}
