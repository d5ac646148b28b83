using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

internal static class InitProcess
{
    /// <summary>
    /// An engine says that a container runs when the OCI runtime has let its init process go, which may still have the entrypoint to execute:
    /// killed right then, it never started.
    /// </summary>
    public static async Task WaitUntilExecutedAsync(int pid)
    {
        bool executed = await Eventually.HoldsAsync(() => File.ResolveLinkTarget($"/proc/{pid}/exe", returnFinalTarget: false)?.Name == "busybox");
        Assert.That(executed, $"Process {pid} has not executed its entrypoint.");
    }
}
