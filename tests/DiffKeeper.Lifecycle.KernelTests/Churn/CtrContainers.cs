using System.Globalization;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>containerd's containers, as <c>ctr</c> makes them.</summary>
internal sealed class CtrContainers(string socket, string containerdNamespace) : IChurnEngine
{
    public async Task<ContainerTruth> MakeAsync(ContainerSpec spec)
    {
        string id = Identifier.Next();
        await CtrAsync(["containers", "create", "--snapshotter", "native", .. Options(spec), "--", BusyboxImage.Name, id, .. spec.Command]);
        return new ContainerTruth { Engine = "ctr", Id = id, Runtime = "containerd", OciRuntime = "runc", RuntimeNamespace = containerdNamespace };
    }

    public Task CreateAsync(ContainerTruth container) => throw new NotSupportedException();

    public Task<BufferedCommandResult> RunAsync(ContainerTruth container) => Tool.TryAsync("ctr", Arguments("tasks", "start", container.Id));

    public async Task<int?> PidAsync(ContainerTruth container)
    {
        string tasks = await CtrAsync("tasks", "ls");
        string[]? row = tasks.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).SingleOrDefault(row => row[0] == container.Id);
        return row is [_, var pid, "RUNNING"] ? int.Parse(pid, CultureInfo.InvariantCulture) : null;
    }

    public Task<BufferedCommandResult> ExecAsync(ContainerTruth container, string command) =>
        Tool.TryAsync("ctr", Arguments("tasks", "exec", "--exec-id", Identifier.Next(), container.Id, command));

    public Task SignalAsync(ContainerTruth container, int signal) =>
        CtrAsync("tasks", "kill", "--signal", signal.ToString(CultureInfo.InvariantCulture), container.Id);

    public async Task RemoveAsync(ContainerTruth container)
    {
        // What could not be executed leaves its task behind.
        if (container.Lives[^1].Ending == Ending.BadEntrypoint)
            await Tool.TryAsync("ctr", Arguments("tasks", "rm", "--force", container.Id));
        await CtrAsync("containers", "rm", container.Id);
    }

    private static IReadOnlyList<string> Options(ContainerSpec spec) =>
        spec.MemoryLimit is { } limit ? ["--memory-limit", limit.ToString(CultureInfo.InvariantCulture)] : [];

    private Task<string> CtrAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync("ctr", Arguments(arguments));

    private List<string> Arguments(params IReadOnlyList<string> arguments) => ["--address", socket, "--namespace", containerdNamespace, .. arguments];
}
