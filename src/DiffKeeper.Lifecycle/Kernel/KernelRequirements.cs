using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What can be told, without loading anything, of whether the programs can be loaded and are of use.</summary>
internal static class KernelRequirements
{
    /// <summary>The runtime identifiers that <c>DiffKeeper.Lifecycle.Native</c> has a library for.</summary>
    private const string Platforms = "linux-x64, linux-arm64, linux-musl-x64 and linux-musl-arm64";

    /// <summary>Ring buffers, and CAP_BPF and CAP_PERFMON, came with it.</summary>
    private static readonly Version FirstVersion = new(5, 8);

    /// <summary>Where one is missing, what follows may be so for that reason.</summary>
    public static IEnumerable<RequirementResult> Check(KernelEnvironment environment)
    {
        RequirementResult platform = CheckPlatform(environment);
        yield return platform;
        if (platform.Status == RequirementStatus.Missing)
            yield break;

        yield return CheckVersion(environment);
        yield return CheckUserNamespace(environment);
        yield return CheckCapability(environment, TracingRequirement.CapBpf, Capability.Bpf, "load BPF programs");
        yield return CheckCapability(environment, TracingRequirement.CapPerfmon, Capability.Perfmon, "load BPF programs that read the kernel's memory");
        yield return CheckBtf(environment);
        yield return CheckPidNamespace(environment);
    }

    private static RequirementResult CheckPlatform(KernelEnvironment environment)
    {
        const TracingRequirement Requirement = TracingRequirement.Platform;
        if (!environment.IsLinux)
        {
            return RequirementResult.Missing(
                Requirement, $"Containers can only be traced on Linux, and this is {environment.Platform}", "run this on the Linux node whose containers you want to see");
        }

        return environment.Architecture is Architecture.X64 or Architecture.Arm64
            ? RequirementResult.Met(Requirement, environment.Platform)
            : RequirementResult.Missing(Requirement, $"DiffKeeper.Lifecycle has no native library for {environment.Platform}", $"run it on one of {Platforms}");
    }

    private static RequirementResult CheckVersion(KernelEnvironment environment) => environment.Version >= FirstVersion
        ? RequirementResult.Met(TracingRequirement.Kernel, $"Linux {environment.Release}")
        : RequirementResult.Degraded(
            TracingRequirement.Kernel,
            $"Linux {environment.Release} is older than {FirstVersion}, and will only do where its distribution has brought ring buffers into it",
            $"use Linux {FirstVersion} or newer");

    private static RequirementResult CheckUserNamespace(KernelEnvironment environment) => environment.IsInInitialUserNamespace
        ? RequirementResult.Met(TracingRequirement.UserNamespace, "The initial one, in which capabilities count")
        : RequirementResult.Missing(
            TracingRequirement.UserNamespace,
            "Tracing needs to load BPF programs, and what capabilities this process has are those of a user namespace of its own, where they don't count for that",
            "run it outside of rootless containers and user namespaces (hostUsers: true in Kubernetes)");

    private static RequirementResult CheckCapability(KernelEnvironment environment, TracingRequirement requirement, Capability capability, string purpose)
    {
        if (environment.Has(capability))
            return RequirementResult.Met(requirement, $"It lets this process {purpose}");
        string name = requirement == TracingRequirement.CapBpf ? "CAP_BPF" : "CAP_PERFMON";
        return environment.Has(Capability.SysAdmin)
            ? RequirementResult.Met(requirement, $"CAP_SYS_ADMIN stands for it, and lets this process {purpose}")
            : RequirementResult.Missing(
                requirement, $"Tracing needs to {purpose}, and this process lacks {name}", "run it as root, or grant it CAP_BPF and CAP_PERFMON");
    }

    private static RequirementResult CheckBtf(KernelEnvironment environment) => environment.HasBtf
        ? RequirementResult.Met(TracingRequirement.Btf, KernelEnvironment.BtfFile)
        : RequirementResult.Missing(
            TracingRequirement.Btf,
            $"Tracing needs the kernel's type information, and {KernelEnvironment.BtfFile} is missing",
            "use a kernel built with CONFIG_DEBUG_INFO_BTF, and mount /sys where this runs");

    private static RequirementResult CheckPidNamespace(KernelEnvironment environment) => environment.SeesNode
        ? RequirementResult.Met(TracingRequirement.PidNamespace, "The node's: its processes are seen, and have the numbers that the kernel tells")
        : RequirementResult.Missing(
            TracingRequirement.PidNamespace,
            "Tracing needs to see the node's processes, and this one is in a pid namespace of its own",
            "run it on the node itself, or in a container with the node's pid namespace (hostPID: true in Kubernetes, --pid=host for Docker and Podman)");
}
