using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>One line of a recording, in whichever format it was written.</summary>
internal sealed record TraceLine(TraceLineKind Kind)
{
    public string Section { get; init; } = "";

    public int Pid { get; init; }

    public int ParentPid { get; init; }

    public string Name { get; init; } = "";

    public string ParentName { get; init; } = "";

    public int NamespaceLevel { get; init; }

    public int NamespacePid { get; init; }

    public uint Uid { get; init; }

    public TracedCgroups Cgroups { get; init; }

    public TracedCgroups ParentCgroups { get; init; }

    /// <summary>Of the cgroup that a container has for itself, where the process is in one.</summary>
    public string CgroupPath { get; init; } = "/";

    public string[] Argv { get; init; } = [];

    /// <summary>As wait(2) gives it.</summary>
    public int ExitStatus { get; init; }

    /// <summary>Whether <see cref="ExitStatus"/> is the whole thread group's.</summary>
    public bool IsGroupExit { get; init; }

    public bool OomKilled { get; init; }

    public CgroupKey RemovedCgroup { get; init; }
}
