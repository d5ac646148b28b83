using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("runc", "busybox")]
public sealed class BareRuncTests : BareRuntimeTests
{
    private protected override Task<BareEngine> RuntimeAsync() => SharedEngines.RuncAsync();
}
