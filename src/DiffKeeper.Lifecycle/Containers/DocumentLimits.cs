namespace DiffKeeper.Lifecycle.Containers;

/// <summary>How much of an engine's JSON documents is read. The largest seen has 15 KiB, eight levels, and values of 300 bytes.</summary>
internal static class DocumentLimits
{
    /// <summary>4 MiB: a pod's annotations are limited to 256 KiB, and CRI-O writes them twice.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public const int MaxDepth = 64;

    /// <summary>The length of the longest path; every Kubernetes name is shorter.</summary>
    public const int MaxValueBytes = 4096;
}
