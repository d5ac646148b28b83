namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>The cgroups of a process, by ID; <see langword="null"/> where the recording doesn't say.</summary>
/// <param name="Unified">In the v2 hierarchy.</param>
/// <param name="Memory">In that of v1's memory controller, the only one of v1 that was recorded throughout.</param>
internal readonly record struct TracedCgroups(ulong? Unified, ulong? Memory)
{
    public const int UnifiedHierarchy = 0;
    public const int MemoryHierarchy = 4;

    public TracedCgroups Over(TracedCgroups earlier) => new(Unified ?? earlier.Unified, Memory ?? earlier.Memory);
}
