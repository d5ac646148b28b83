using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Diagnostics;

/// <summary>Capabilities without which less is told, or which only old kernels ask for.</summary>
internal static class AccessRequirements
{
    /// <summary>Since then maps are charged to a memory cgroup, and no longer against RLIMIT_MEMLOCK.</summary>
    private static readonly Version FirstWithoutMemoryLock = new(5, 11);

    public static IEnumerable<RequirementResult> Check(KernelEnvironment environment) =>
        [CheckMemoryLock(environment), CheckReading(environment), CheckProcesses(environment)];

    private static RequirementResult CheckMemoryLock(KernelEnvironment environment)
    {
        const TracingRequirement Requirement = TracingRequirement.CapSysResource;
        if (environment.Version >= FirstWithoutMemoryLock)
            return RequirementResult.NotApplicable(Requirement, $"Linux {FirstWithoutMemoryLock} and newer charge maps to the memory cgroup");
        return environment.Has(Capability.SysResource)
            ? RequirementResult.Met(Requirement, "It lets this process raise RLIMIT_MEMLOCK to what the ring and the maps take")
            : RequirementResult.Degraded(
                Requirement,
                $"Linux before {FirstWithoutMemoryLock} holds the ring and the maps to RLIMIT_MEMLOCK, which this process can't raise without CAP_SYS_RESOURCE",
                "grant it, or raise the limit (ulimit -l)");
    }

    private static RequirementResult CheckReading(KernelEnvironment environment)
    {
        const TracingRequirement Requirement = TracingRequirement.CapDacReadSearch;
        if (environment.Has(Capability.DacReadSearch))
            return RequirementResult.Met(Requirement, "Bundles and state files that engines keep to root can be read");
        if (environment.Has(Capability.DacOverride))
            return RequirementResult.Met(Requirement, "CAP_DAC_OVERRIDE stands for it: files that engines keep to root can be read");
        return environment.User == 0
            ? RequirementResult.Met(Requirement, "Not needed by root, whose files they are that engines keep")
            : RequirementResult.Degraded(
                Requirement, "Containers are told of without pod, name and image where engines keep these to root", "run it as root, or grant it CAP_DAC_READ_SEARCH");
    }

    private static RequirementResult CheckProcesses(KernelEnvironment environment) => environment.Has(Capability.SysPtrace)
        ? RequirementResult.Met(TracingRequirement.CapSysPtrace, "Other processes' roots, directories and namespaces can be followed")
        : RequirementResult.Degraded(
            TracingRequirement.CapSysPtrace,
            "Other processes' roots, directories and namespaces can't be followed: where this runs in a container the node's files aren't found by themselves, "
            + "and containers that run already are missed where their engine keeps its state in a place of its own",
            "grant it CAP_SYS_PTRACE");
}
