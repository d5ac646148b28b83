using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>This machine.</summary>
internal sealed class LiveNode(IKernelTasks tasks, NodeScanner scanner) : INode
{
    public IKernelTasks Tasks => tasks;

    public ProcessIdentity? Identify(int pid) => ProcessFiles.Identify(pid);

    public IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots) => scanner.Scan(runtimeRoots);
}
