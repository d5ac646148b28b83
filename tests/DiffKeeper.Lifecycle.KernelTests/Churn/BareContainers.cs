using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>
/// runc's or crun's containers, without any engine above. Their state is where the runtime keeps it by itself: of one that is told of another
/// place, only a tracer that has seen it told knows.
/// </summary>
internal sealed class BareContainers(string runtime, string directory, string rootFileSystem) : IChurnEngine
{
    public async Task<ContainerTruth> MakeAsync(ContainerSpec spec)
    {
        string id = Identifier.Next();
        await Bundle.WriteAsync(BundleOf(id), rootFileSystem, spec);
        return new ContainerTruth { Engine = runtime, Id = id, Runtime = runtime, OciRuntime = runtime };
    }

    public async Task CreateAsync(ContainerTruth container)
    {
        // Its output is inherited, not a pipe of ours: the init process keeps it, and the end of a pipe would be waited for.
        using Process create = Process.Start(Programs.Require(runtime), Arguments("create", "--bundle", BundleOf(container.Id), container.Id));
        await create.WaitForExitAsync();
        if (create.ExitCode != 0)
            throw new InvalidOperationException($"{runtime} create of {container} exited with {create.ExitCode}.");
    }

    public Task<BufferedCommandResult> RunAsync(ContainerTruth container) =>
        Tool.TryAsync(runtime, Arguments("run", "--bundle", BundleOf(container.Id), container.Id));

    public async Task<int?> PidAsync(ContainerTruth container)
    {
        BufferedCommandResult result = await Tool.TryAsync(runtime, Arguments("state", container.Id));
        if (result.ExitCode != 0)
            return null;

        using JsonDocument state = JsonDocument.Parse(result.StandardOutput);
        return state.RootElement.GetProperty("status").GetString() == "running" ? state.RootElement.GetProperty("pid").GetInt32() : null;
    }

    public Task<BufferedCommandResult> ExecAsync(ContainerTruth container, string command) => Tool.TryAsync(runtime, Arguments("exec", container.Id, command));

    public Task SignalAsync(ContainerTruth container, int signal) =>
        Tool.RunAsync(runtime, Arguments("kill", container.Id, signal.ToString(CultureInfo.InvariantCulture)));

    /// <summary>In the foreground the runtime removes by itself what it ran.</summary>
    public Task RemoveAsync(ContainerTruth container) =>
        container.Lives[^1].Ending == Ending.NeverStarted ? Tool.RunAsync(runtime, Arguments("delete", "--force", container.Id)) : Task.CompletedTask;

    private string BundleOf(string id) => Path.Combine(directory, "bundles", id);

    private List<string> Arguments(params IReadOnlyList<string> arguments) =>
        ["--log", Path.Combine(directory, $"{runtime}.log"), .. arguments];
}
