namespace DiffKeeper.Lifecycle.KernelTests.Engines;

internal static class Identifier
{
    /// <summary>A name that nothing else on the machine bears.</summary>
    public static string Next() => $"diffkeeper-{Guid.NewGuid():N}";
}
