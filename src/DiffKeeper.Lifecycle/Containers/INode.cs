using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The node as it is at a moment, whatever was told of it.</summary>
internal interface INode
{
    /// <summary>The kernel programs' own list of what they follow.</summary>
    IKernelTasks Tasks { get; }

    /// <summary>The process as it is now; <see langword="null"/> where it has gone.</summary>
    ProcessIdentity? Identify(int pid);

    /// <summary>Every container there is; those that engines' monitors tell of as of the last <see cref="FindRuntimes"/>.</summary>
    /// <param name="runtimeRoots">Further directories in which OCI runtimes keep their state.</param>
    IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots);

    /// <summary>Every OCI runtime that runs.</summary>
    IEnumerable<RunningRuntime> FindRuntimes();

    /// <summary>The processes that a process forked and that still live, with those that these forked without having executed anything.</summary>
    IEnumerable<int> ForksOf(int pid);
}
