using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("conmon", "crun", "runc", "busybox")]
public sealed class CrioWithCrunTests : CrioTests
{
    private protected override Task<CrioEngine> CrioAsync() => SharedEngines.CrioAsync("crun");
}
