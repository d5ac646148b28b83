using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class WaitStatusTests
{
    [TestCase(0x0000, 0, null)]
    [TestCase(0x0300, 3, null)]
    [TestCase(0xFF00, 255, null)]
    [TestCase(0x0009, 137, 9)]
    [TestCase(0x000F, 143, 15)]
    [TestCase(0x008B, 139, 11, Description = "with a core dump")]
    public void A_status_is_told_as_engines_tell_it(int status, int exitCode, int? signal)
    {
        var wait = new WaitStatus(status);

        Assert.That(wait.ExitCode, Is.EqualTo(exitCode));
        Assert.That(wait.Signal, Is.EqualTo(signal));
    }
}
