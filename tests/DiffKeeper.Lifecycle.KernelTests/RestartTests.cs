using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Engines come and go; their containers stay, and so does what is known of them.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("dockerd", "docker", "containerd", "ctr", "runc", "busybox")]
public sealed class RestartTests : TracedFixture
{
    private ContainerdServer _server = null!;
    private ContainerdEngine _containerd = null!;
    private DockerEngine _docker = null!;

    /// <summary>Engines of their own: the others' tests need not notice.</summary>
    private protected override async Task<IContainerEngine> EngineAsync()
    {
        _server = await ContainerdServer.StartAsync();
        _containerd = await ContainerdEngine.StartAsync(_server, "diffkeeper-restarts");
        _docker = await DockerEngine.StartAsync(_server);
        return _docker;
    }

    [OneTimeTearDown]
    public async Task StopEngines()
    {
        if (_docker is not null)
            await _docker.DisposeAsync();

        if (_containerd is not null)
            await _containerd.DisposeAsync();

        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Test]
    public async Task Containers_outlive_the_restart_of_their_engines_without_a_word()
    {
        string ofDocker = await _docker.StartAsync(ContainerSpec.Lasting);
        string ofContainerd = await _containerd.StartAsync(ContainerSpec.Lasting);
        LifecycleEvent first = await Events.WaitForAsync(ofDocker, LifecycleState.Start);
        LifecycleEvent second = await Events.WaitForAsync(ofContainerd, LifecycleState.Start);

        await _server.RestartAsync();
        await _docker.RestartAsync();

        LifecycleState[] running = [LifecycleState.Create, LifecycleState.Start];
        Assert.That((await _docker.InitPidAsync(ofDocker), await _containerd.InitPidAsync(ofContainerd)), Is.EqualTo((first.Pid, second.Pid)));
        Assert.That((await AllOfAsync(ofDocker)).Select(e => e.State), Is.EqualTo(running));
        Assert.That((await AllOfAsync(ofContainerd)).Select(e => e.State), Is.EqualTo(running));

        await _docker.RemoveAsync(ofDocker);
        await _containerd.RemoveAsync(ofContainerd);
        Assert.That((await LivesOfAsync(ofDocker)).Select(e => e.State), Is.EqualTo([.. running, LifecycleState.Stop, LifecycleState.Delete]));
        Assert.That((await LivesOfAsync(ofContainerd)).Select(e => e.State), Is.EqualTo([.. running, LifecycleState.Stop, LifecycleState.Delete]));
    }
}
