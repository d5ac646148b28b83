namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The process by which an engine looks after a container, and which executes the OCI runtime: containerd's shim, or conmon.</summary>
internal static class EngineMonitor
{
    /// <param name="comm">A process's name, cut to 15 bytes as the kernel does.</param>
    public static bool IsName(ReadOnlySpan<byte> comm) => comm.StartsWith("containerd-shim"u8) || comm.SequenceEqual("conmon"u8);
}
