namespace DiffKeeper.Lifecycle.Ratios;

/// <summary>What bench/peers/Makefile has built, in the directory that DIFFKEEPER_PEERS names.</summary>
internal static class Peers
{
    public static string Storm => Find("storm") ?? throw Missing("storm");

    public static string LibBpf => Find("consume") ?? throw Missing("consume");

    public static string EmptyPrograms => Find("empty.bpf.o") ?? throw Missing("empty.bpf.o");

    /// <summary>The sample, published with Native AOT.</summary>
    public static string Diffkeeper => Find("diffkeeper/diffkeeper") ?? throw Missing("diffkeeper/diffkeeper");

    /// <summary>Optional: <see langword="null"/> where Go is missing.</summary>
    public static string? Cilium => Find("cilium");

    private static string? Find(string name)
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("DIFFKEEPER_PEERS") ?? "artifacts/peers", name);
        return File.Exists(path) ? Path.GetFullPath(path) : null;
    }

    private static FileNotFoundException Missing(string name) =>
        new($"'{name}' is not built: run eng/ratios.sh, or `make -C bench/peers` and set DIFFKEEPER_PEERS to where it puts things.");
}
