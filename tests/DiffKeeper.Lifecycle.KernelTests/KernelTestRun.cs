using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Ends the engines when the last test has run.</summary>
[SetUpFixture]
public sealed class KernelTestRun
{
    [OneTimeTearDown]
    public Task StopEngines() => SharedEngines.StopAsync();
}
