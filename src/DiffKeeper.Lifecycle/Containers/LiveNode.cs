using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>This machine.</summary>
internal sealed class LiveNode(IKernelTasks tasks, NodeScanner scanner, IEnumerable<string> ociRuntimes) : INode
{
    // As the kernel cuts comm.
    private readonly HashSet<string> _ociRuntimes = [.. ociRuntimes.Select(static name => name[..Math.Min(name.Length, 15)])];

    public IKernelTasks Tasks => tasks;

    public ProcessIdentity? Identify(int pid) => ProcessFiles.Identify(pid);

    public IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots) => scanner.Scan(runtimeRoots);

    public IEnumerable<RunningRuntime> FindRuntimes() => NodeScanner.FindRuntimes(_ociRuntimes);

    public IEnumerable<int> ForksOf(int pid) => ProcessFiles.Forks(pid);
}
