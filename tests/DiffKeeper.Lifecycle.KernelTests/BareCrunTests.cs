using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("crun", "runc", "busybox")]
public sealed class BareCrunTests : BareRuntimeTests
{
    private protected override Task<BareEngine> RuntimeAsync() => SharedEngines.CrunAsync();
}
