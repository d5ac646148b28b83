using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("dockerd", "docker", "containerd", "ctr", "runc", "busybox")]
public sealed class DockerTests : ContainerLifecycleTests
{
    private DockerEngine _docker = null!;

    private protected override async Task<IContainerEngine> EngineAsync() => _docker = await SharedEngines.DockerAsync();

    [Test]
    public async Task A_restarted_container_keeps_its_id_and_starts_again_as_another_process()
    {
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        LifecycleEvent first = await Events.WaitForAsync(id, LifecycleState.Start);

        await _docker.DockerAsync("restart", "--time", "0", id);
        LifecycleEvent second = await Events.WaitForAsync(id, LifecycleState.Start, occurrence: 2);
        int pid = await Engine.InitPidAsync(id);
        await Engine.RemoveAsync(id);

        Assert.That(second.Pid, Is.EqualTo(pid).And.Not.EqualTo(first.Pid));
        Assert.That((await LivesOfAsync(id, lives: 2)).Select(e => e.State), Is.EqualTo([.. WholeLife, .. WholeLife]));
    }

    [Test]
    public async Task Docker_stop_is_told_of_with_the_exit_code_of_the_container_s_own_handler()
    {
        string id = await Engine.StartAsync(ContainerSpec.ExitingOnTerminate(5));
        LifecycleEvent start = await Events.WaitForAsync(id, LifecycleState.Start);
        await ProcessSignal.WaitUntilHandledAsync(start.Pid, ProcessSignal.Terminate);

        await _docker.DockerAsync("stop", id);
        LifecycleEvent stop = await Events.WaitForAsync(id, LifecycleState.Stop);
        await Engine.RemoveAsync(id);

        Assert.That((stop.ExitCode, stop.Signal), Is.EqualTo((5, (int?)null)));
    }

    [Test]
    public async Task Docker_stop_of_a_container_that_ignores_SIGTERM_ends_with_SIGKILL()
    {
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        await Events.WaitForAsync(id, LifecycleState.Start);

        await _docker.DockerAsync("stop", "--time", "1", id);
        LifecycleEvent stop = await Events.WaitForAsync(id, LifecycleState.Stop);
        await Engine.RemoveAsync(id);

        Assert.That((stop.ExitCode, stop.Signal), Is.EqualTo((137, (int?)9)));
    }

    [Test]
    public async Task The_container_has_the_name_and_the_image_that_Docker_knows_it_by()
    {
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        string name = (await _docker.DockerAsync("inspect", "--format", "{{.Name}}", id)).TrimStart('/');
        string image = await _docker.DockerAsync("inspect", "--format", "{{.Config.Image}}", id);
        await Engine.RemoveAsync(id);

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(id);

        Assert.That(events.Select(e => (e.ContainerName, e.Image)), Has.Exactly(WholeLife.Length).Items.And.All.EqualTo((name, image)));
    }

    [Test]
    public async Task A_container_in_the_host_s_pid_namespace_is_told_of_whole()
    {
        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Exiting(4) with { HostPidNamespace = true });

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.State), Is.EqualTo(WholeLife));
        Assert.That(events[2].ExitCode, Is.EqualTo(4));
    }
}
