using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Diagnostics;

/// <summary>What of the node has to be seen, to know more of a container than the kernel tells.</summary>
internal static class NodeRequirements
{
    private static readonly string[] ProgramDirectories =
        ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/bin", "/sbin", "/opt/bin", "/usr/libexec/crio", "/usr/lib/cri-o-runc/sbin", "/var/lib/rancher/k3s/data/current/bin"];

    /// <param name="system">What is looked at.</param>
    /// <param name="options">How tracing is to work.</param>
    /// <param name="seesNode">Whether there is something to compare this process with.</param>
    public static IEnumerable<RequirementResult> Check(ExaminedSystem system, LifecycleTracerOptions options, bool seesNode)
    {
        string? root = options.HostRoot ?? HostRoot.Find(system.Files);
        yield return seesNode || options.HostRoot is not null
            ? CheckRoot(system.Files, options, root)
            : RequirementResult.NotApplicable(TracingRequirement.HostRoot, "It is looked for by way of the node's first process, which can't be seen");
        yield return CheckCgroups(system.Files);
        yield return CheckRuntimes(system.Files, options, root ?? "");
    }

    private static RequirementResult CheckRoot(SystemFiles files, LifecycleTracerOptions options, string? root)
    {
        const TracingRequirement Requirement = TracingRequirement.HostRoot;
        const string Loss = "containers are told of without pod, name and image";
        if (root is null)
        {
            return RequirementResult.Degraded(
                Requirement,
                $"The node's file system is not to be found from this container, and {Loss}",
                "grant CAP_SYS_PTRACE, or mount the node's / at /host, read-only");
        }

        if (options.HostRoot is { Length: > 0 } given && !HostRoot.IsNode(files, given))
            return RequirementResult.Degraded(Requirement, $"There is no node's file system at {given}, and {Loss}", "mount the node's / there, read-only, or name where it is");
        return RequirementResult.Met(Requirement, root is "" ? "This process's own root is the node's" : $"The node's is at {root}");
    }

    private static RequirementResult CheckCgroups(SystemFiles files)
    {
        const TracingRequirement Requirement = TracingRequirement.Cgroups;
        Dictionary<string, string> mounts = CgroupMounts.Read(files.ReadLines("/proc/self/mountinfo"), files.ReadLines("/proc/1/mountinfo"));
        string? unified = mounts.GetValueOrDefault("");
        string? controller = mounts.GetValueOrDefault("pids") ?? mounts.GetValueOrDefault("memory");
        return (unified, controller) switch
        {
            (not null, null) => RequirementResult.Met(Requirement, $"Version 2, at {unified}"),
            (not null, not null) => RequirementResult.Met(Requirement, $"Both versions (hybrid): 2 at {unified}, 1 at {controller} and beside it"),
            (null, not null) => RequirementResult.Met(Requirement, $"Version 1, at {controller} and beside it"),
            _ => RequirementResult.Degraded(
                Requirement,
                "No cgroup hierarchy is mounted whole here, and of containers that run already it isn't seen that they are removed",
                "mount the node's /sys/fs/cgroup, read-only"),
        };
    }

    private static RequirementResult CheckRuntimes(SystemFiles files, LifecycleTracerOptions options, string root)
    {
        string[] found = [.. options.OciRuntimes.Select(name => Array.Find(ProgramDirectories, directory => files.FileExists($"{root}{directory}/{name}")) is { } directory ? $"{root}{directory}/{name}" : null).OfType<string>()];
        return found is not []
            ? RequirementResult.Met(TracingRequirement.OciRuntimes, string.Join(", ", found))
            : RequirementResult.Degraded(
                TracingRequirement.OciRuntimes,
                $"None of {string.Join(", ", options.OciRuntimes)} is where programs commonly are, and only containers of runtimes by these names are told of",
                "install one, or name the runtime that the node has (OciRuntimes, --oci-runtime)");
    }
}
