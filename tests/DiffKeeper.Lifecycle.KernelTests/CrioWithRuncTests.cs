using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("conmon", "runc", "busybox")]
public sealed class CrioWithRuncTests : CrioTests
{
    private protected override Task<CrioEngine> CrioAsync() => SharedEngines.CrioAsync("runc");
}
