using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("podman", "conmon", "runc", "busybox")]
public sealed class PodmanWithRuncTests : PodmanTests
{
    private protected override Task<PodmanEngine> PodmanAsync() => SharedEngines.PodmanAsync("runc");
}
