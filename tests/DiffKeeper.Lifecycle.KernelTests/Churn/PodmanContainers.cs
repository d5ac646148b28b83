using System.Globalization;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Podman's containers.</summary>
internal sealed class PodmanContainers(PodmanEngine podman) : IChurnEngine
{
    public async Task<ContainerTruth> MakeAsync(ContainerSpec spec)
    {
        string name = Identifier.Next();
        return new ContainerTruth
        {
            Engine = $"podman with {podman.OciRuntime}",
            Id = await podman.PodmanAsync(["create", "--name", name, .. DockerOptions.Of(spec), BusyboxImage.Name, .. spec.Command]),
            Runtime = podman.Runtime,
            OciRuntime = podman.OciRuntime,
            Name = name,
            Image = BusyboxImage.Name,
        };
    }

    public Task CreateAsync(ContainerTruth container) => podman.PodmanAsync("init", container.Id);

    public Task<BufferedCommandResult> RunAsync(ContainerTruth container) => Tool.TryAsync(podman.Describe("start", "--attach", container.Id));

    public async Task<int?> PidAsync(ContainerTruth container)
    {
        string state = await podman.PodmanAsync("inspect", "--format", "{{.State.Status}} {{.State.Pid}}", container.Id);
        return state.Split(' ') is ["running", var pid] ? int.Parse(pid, CultureInfo.InvariantCulture) : null;
    }

    public Task<BufferedCommandResult> ExecAsync(ContainerTruth container, string command) => Tool.TryAsync(podman.Describe("exec", container.Id, command));

    public Task SignalAsync(ContainerTruth container, int signal) =>
        podman.PodmanAsync("kill", "--signal", signal.ToString(CultureInfo.InvariantCulture), container.Id);

    public Task RemoveAsync(ContainerTruth container) => podman.PodmanAsync("rm", container.Id);
}
