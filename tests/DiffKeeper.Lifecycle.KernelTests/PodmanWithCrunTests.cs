using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("podman", "conmon", "crun", "runc", "busybox")]
public sealed class PodmanWithCrunTests : PodmanTests
{
    private protected override Task<PodmanEngine> PodmanAsync() => SharedEngines.PodmanAsync("crun");

    [Test]
    public async Task A_container_without_a_cgroup_of_its_own_is_told_of_whole()
    {
        string id = await Podman.StartAsync(ContainerSpec.Lasting, "--cgroups", "disabled");
        await Events.WaitForAsync(id, LifecycleState.Start);
        await Engine.RemoveAsync(id);

        Assert.That((await LivesOfAsync(id)).Select(e => e.State), Is.EqualTo(WholeLife));
    }
}
