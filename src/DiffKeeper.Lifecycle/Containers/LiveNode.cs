using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>This machine.</summary>
internal sealed class LiveNode(IKernelTasks tasks, NodeScanner scanner, IEnumerable<string> ociRuntimes) : INode
{
    // As the kernel cuts comm.
    private readonly HashSet<string> _ociRuntimes = [.. ociRuntimes.Select(static name => name[..Math.Min(name.Length, 15)])];

    /// <summary>As the last look for runtimes saw them. Whoever has come since has left a record, so the scan that follows needs no look of its own.</summary>
    private KeyValuePair<int, string>[] _processes = [];

    public IKernelTasks Tasks => tasks;

    public ProcessIdentity? Identify(int pid) => ProcessFiles.Identify(pid);

    public IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots) => scanner.Scan(_processes, runtimeRoots);

    public IEnumerable<RunningRuntime> FindRuntimes()
    {
        _processes = [.. ProcessFiles.AllNamed()];
        return NodeScanner.FindRuntimes(_processes, _ociRuntimes);
    }

    public IEnumerable<int> ForksOf(int pid) => ProcessFiles.Forks(pid);
}
