using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Export;

/// <summary>A diffkeeper on a node of a name of its own, which exports.</summary>
internal static class ExportingProcess
{
    public static Task<TracingProcess> StartAsync(OtlpReceiver receiver, string node, params IReadOnlyList<(string Name, string Value)> variables) =>
        StartAsync(receiver, node, [], variables);

    public static Task<TracingProcess> StartAsync(
        OtlpReceiver receiver, string node, IReadOnlyList<string> arguments, IReadOnlyList<(string Name, string Value)> variables) =>
        TracingProcess.StartAsync(DiffkeeperProgram.UseSameDotnet(
            Tool.Describe(DiffkeeperProgram.Path, arguments), [.. receiver.Variables, ("OTEL_RESOURCE_ATTRIBUTES", $"host.name={node}"), .. variables]));
}
