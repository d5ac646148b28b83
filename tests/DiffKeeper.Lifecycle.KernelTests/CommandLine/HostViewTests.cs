using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The sample program in a container, as an agent of a node is deployed: in the host's pid namespace, and with the host's files.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("dockerd", "docker", "containerd", "ctr", "podman", "conmon", "runc", "busybox")]
public sealed class HostViewTests : TracedFixture
{
    private DockerEngine _docker = null!;

    private protected override async Task<IContainerEngine> EngineAsync() => _docker = await SharedEngines.DockerAsync();

    [TestCase(TestName = "A_tracer_in_a_container_finds_the_node_by_itself_and_tells_what_one_on_the_node_tells")]
    [TestCase("--host-root", "/host", TestName = "A_tracer_in_a_container_is_told_where_the_node_is_and_tells_what_one_on_the_node_tells")]
    public async Task A_tracer_in_a_container_tells_what_one_on_the_node_tells(params string[] options)
    {
        IContainerEngine[] engines =
        [
            _docker, await SharedEngines.ContainerdAsync(), await SharedEngines.PodmanAsync("runc"), await SharedEngines.CrioAsync("runc"),
            await SharedEngines.AtDefaultRootAsync("runc"),
        ];
        string[] staying = await Task.WhenAll(engines.Select(engine => engine.StartAsync(ContainerSpec.Lasting)));
        foreach (string id in staying)
            await Events.WaitForAsync(id, LifecycleState.Start);

        string name = Identifier.Next();
        await using TracingProcess contained = await TracingProcess.StartAsync(Describe(name, options));
        FinishedContainer[] passing = await Task.WhenAll(engines.Select(engine => engine.RunAsync(ContainerSpec.Exiting(3))));
        await Task.WhenAll(engines.Zip(staying, (engine, id) => engine.RemoveAsync(id)));
        string[] gone = [.. staying, .. passing.Select(container => container.Id)];
        foreach (string id in gone)
            await Events.WaitForAsync(id, LifecycleState.Delete);
        FinishedContainer last = await engines[^1].RunAsync(ContainerSpec.Shortest);
        await contained.WaitForEventsOfAsync(last.Id);
        await _docker.DockerAsync("rm", "--force", name);

        using (Assert.EnterMultipleScope())
        {
            foreach (string id in gone)
                Assert.That(contained.Events.Where(e => e.ContainerId == id).Select(AsTold), Is.EqualTo(Existing(Events.Of(id), staying).Select(AsTold)));
        }
    }

    private Command Describe(string name, IReadOnlyList<string> options)
        => ContainedProgram.Describe(_docker, ["--name", name, "--pid", "host", .. ContainedProgram.Volume("/", "/host")], ["--output", "json", .. options]);

    /// <summary>What stayed was created before the contained tracer began, and had started.</summary>
    private static IEnumerable<LifecycleEvent> Existing(IReadOnlyList<LifecycleEvent> events, string[] staying) =>
        staying.Contains(events[0].ContainerId) ? events.Skip(1).Select(e => e with { Existing = e.State == LifecycleState.Start }) : events;

    /// <summary>
    /// Times are told by each process's own clocks, and a process's beginning is found in hundredths of a second. Where no cgroup is asked for, it is looked
    /// up in a process that may have gone by then.
    /// </summary>
    private static LifecycleEvent AsTold(LifecycleEvent e) => e with { Timestamp = default, ProcessStartTime = null, ProcessStartTicks = null, Sequence = 0, Labels = null, CgroupPath = null };
}
