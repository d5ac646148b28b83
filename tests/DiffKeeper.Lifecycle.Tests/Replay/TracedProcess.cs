using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>What the kernel, and the programs' map of it, know of a process.</summary>
internal sealed record TracedProcess
{
    public ulong StartTime { get; init; }

    public int NamespaceLevel { get; set; }

    public TracedCgroups Cgroups { get; set; }

    public int? LeaderExitStatus { get; set; }

    public TaskRoles Roles { get; set; }

    public InvocationKey Invocation { get; set; }

    public string Argv0 { get; set; } = "";
}
