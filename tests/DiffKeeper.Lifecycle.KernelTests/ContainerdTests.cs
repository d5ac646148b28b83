using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("containerd", "ctr", "runc", "busybox")]
public sealed class ContainerdTests : ContainerLifecycleTests
{
    private protected override async Task<IContainerEngine> EngineAsync() => await SharedEngines.ContainerdAsync();
}
