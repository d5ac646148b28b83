using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The injectors that the documentation shows.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "runc", "busybox")]
public sealed class SampleInjectorTests
{
    private readonly string _directory = $"/run/diffkeeper-samples-{Guid.NewGuid():N}";

    private ContainerdServer _server = null!;
    private ContainerdEngine _containerd = null!;
    private ContainerdEngine _kubernetes = null!;
    private DockerEngine _docker = null!;

    [OneTimeSetUp]
    public async Task StartEngines()
    {
        Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _server = await ContainerdServer.StartAsync();
        _containerd = await ContainerdEngine.StartAsync(_server, "diffkeeper-samples");
        _kubernetes = await ContainerdEngine.StartAsync(_server, CriEngine.ContainerdNamespace);
        _docker = await DockerEngine.StartAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopEngines()
    {
        await _docker.DisposeAsync();
        await _kubernetes.DisposeAsync();
        await _containerd.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task The_one_that_executes_a_program_in_the_container_does_so_with_every_engine_and_once()
    {
        string script = await CopyAsync("exec.sh", text => text.Replace("\"$program\"", "/bin/busybox touch /injected", StringComparison.Ordinal));
        IContainerEngine[] engines = [_docker, _containerd, _kubernetes];
        await using var agent = await TracingProcess.StartAsync(
            DiffkeeperProgram.UseSameDotnet(
                Tool.Describe(DiffkeeperProgram.Path, "--injector-cmd", script, "--inject-env", "DOCKER_HOST", "--inject-env", "CONTAINERD_ADDRESS"),
                ("DOCKER_HOST", _docker.Socket),
                ("CONTAINERD_ADDRESS", _server.Socket)));
        foreach (IContainerEngine engine in engines)
        {
            string id = await engine.StartAsync(ContainerSpec.Lasting);
            await agent.WaitUntilAsync(() => Injections(agent, id) > 0);
            await engine.ExecAsync(id, "sh", "-c", "test -e /injected");
            await engine.RemoveAsync(id);
            Assert.That(Injections(agent, id), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_one_that_notes_the_container_on_the_host_does_so()
    {
        string script = await CopyAsync("note.sh", text => text);
        await using var agent = await TracingProcess.StartAsync("--injector-cmd", script, "--state-dir", _directory, "--store", $"{_directory}/db.bolt");
        string id = await _docker.StartAsync(ContainerSpec.Lasting);
        await agent.WaitUntilAsync(() => Injections(agent, id) > 0);
        await _docker.RemoveAsync(id);

        Assert.That(
            await File.ReadAllLinesAsync($"{_directory}/containers/{id}"),
            Is.EqualTo(new[] { "runtime=dockerd", "pod=/", $"image={BusyboxImage.Name}", $"store={_directory}/db.bolt" }));
    }

    private static int Injections(TracingProcess agent, string id) =>
        agent.Errors.Split(Environment.NewLine).Count(line => line.Contains($"[AutoInject] Injected {id}", StringComparison.Ordinal));

    private async Task<string> CopyAsync(string name, Func<string, string> change)
    {
        string copy = Path.Combine(_directory, name);
        await File.WriteAllTextAsync(copy, change(await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, name))));
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return copy;
    }
}
