namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The process that executed an OCI runtime.</summary>
internal readonly ref struct RuntimeParent(int pid, ReadOnlySpan<byte> comm)
{
    public int Pid { get; } = pid;

    /// <summary>Its name, cut to 15 bytes by the kernel.</summary>
    public ReadOnlySpan<byte> Comm { get; } = comm;
}
