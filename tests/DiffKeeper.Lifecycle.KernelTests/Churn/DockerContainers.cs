using System.Globalization;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Docker's containers.</summary>
internal sealed class DockerContainers(string socket) : IChurnEngine
{
    public async Task<ContainerTruth> MakeAsync(ContainerSpec spec)
    {
        string name = Identifier.Next();
        return new ContainerTruth
        {
            Engine = "docker",
            Id = await DockerAsync(["create", "--name", name, "--network", "none", .. DockerOptions.Of(spec), BusyboxImage.Name, .. spec.Command]),
            Runtime = "dockerd",
            OciRuntime = "runc",
            RuntimeNamespace = "moby",
            Name = name,
            Image = BusyboxImage.Name,
        };
    }

    public Task CreateAsync(ContainerTruth container) => throw new NotSupportedException();

    public Task<BufferedCommandResult> RunAsync(ContainerTruth container) => Tool.TryAsync("docker", Arguments("start", "--attach", container.Id));

    public async Task<int?> PidAsync(ContainerTruth container)
    {
        int pid = int.Parse(await DockerAsync("inspect", "--format", "{{.State.Pid}}", container.Id), CultureInfo.InvariantCulture);
        return pid == 0 ? null : pid;
    }

    public Task<BufferedCommandResult> ExecAsync(ContainerTruth container, string command) => Tool.TryAsync("docker", Arguments("exec", container.Id, command));

    public Task SignalAsync(ContainerTruth container, int signal) =>
        DockerAsync("kill", "--signal", signal.ToString(CultureInfo.InvariantCulture), container.Id);

    public async Task RemoveAsync(ContainerTruth container)
    {
        LifeTruth last = container.Lives[^1];
        string exitCode = await DockerAsync("inspect", "--format", "{{.State.ExitCode}}", container.Id);
        if (last.Ending != Ending.BadEntrypoint && exitCode != last.ExitCode.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"docker inspect says that {container} exited with {exitCode}, and docker start that it was {last.ExitCode}.");
        await DockerAsync("rm", container.Id);
    }

    private Task<string> DockerAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync("docker", Arguments(arguments));

    private List<string> Arguments(params IReadOnlyList<string> arguments) => ["--host", socket, .. arguments];
}
