using System.Globalization;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What of this machine and process decides whether the programs can be loaded, and tell of the node's containers.</summary>
internal sealed record KernelEnvironment
{
    public const string BtfFile = "/sys/kernel/btf/vmlinux";

    // The initial namespaces have the same inode numbers on every machine (linux/proc_ns.h).
    private const string InitialUserNamespace = "user:[4026531837]";
    private const string InitialPidNamespace = "pid:[4026531836]";

    public static KernelEnvironment Current { get; } = Read(new SystemFiles());

    public bool IsLinux { get; init; } = OperatingSystem.IsLinux();

    public Architecture Architecture { get; init; } = RuntimeInformation.ProcessArchitecture;

    /// <summary>The runtime identifier.</summary>
    public string Platform { get; init; } = RuntimeInformation.RuntimeIdentifier;

    /// <summary>As uname(2) has it: <c>6.12.3-amd64</c>.</summary>
    public required string Release { get; init; }

    public required bool HasBtf { get; init; }

    /// <summary>The effective set, a bit each.</summary>
    public required ulong Capabilities { get; init; }

    /// <summary>The effective user, in the process's own user namespace.</summary>
    public required uint User { get; init; }

    public required bool IsInInitialUserNamespace { get; init; }

    /// <summary>Whether /proc shows the node's processes.</summary>
    public required bool SeesNode { get; init; }

    /// <summary>What the release begins with; 0.0 where it isn't known.</summary>
    public Version Version
        => Version.TryParse(Release.Split('-', '+', '_')[0], out Version? version) ? version : new Version(0, 0);

    public bool Has(Capability capability) => (Capabilities >> (int)capability & 1) != 0;

    public static KernelEnvironment Read(SystemFiles files) => new()
    {
        Release = files.ReadLines("/proc/sys/kernel/osrelease") is [var release, ..] ? release : "",
        HasBtf = files.FileExists(BtfFile),
        Capabilities = ParseCapabilities(files.ReadField("/proc/self/status", "CapEff:")),
        User = ParseEffectiveUser(files.ReadField("/proc/self/status", "Uid:")),
        IsInInitialUserNamespace = files.LinkTarget("/proc/self/ns/user") is null or InitialUserNamespace,
        SeesNode = files.LinkTarget("/proc/self/ns/pid") == InitialPidNamespace || ShowsKernelThreads(files),
    };

    /// <summary>Throws for the first thing that is missing; what only loading can tell is left to loading.</summary>
    /// <exception cref="PlatformNotSupportedException">It isn't Linux, or not on x64 or arm64.</exception>
    /// <exception cref="TracingUnavailableException">Something is missing.</exception>
    public void EnsureTracingIsPossible()
    {
        if (KernelRequirements.Check(this).FirstOrDefault(static result => result.Status == RequirementStatus.Missing) is not { } missing)
            return;
        throw missing.Requirement switch
        {
            TracingRequirement.Platform => new PlatformNotSupportedException(missing.Sentence),
            TracingRequirement.Btf => new TracingUnavailableException(TracingUnavailableReason.NoBtf, missing),
            TracingRequirement.PidNamespace => new TracingUnavailableException(TracingUnavailableReason.ForeignPidNamespace, missing),
            _ => new TracingUnavailableException(TracingUnavailableReason.MissingPrivilege, missing),
        };
    }

    private static ulong ParseCapabilities(string? effective)
        => ulong.TryParse(effective, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong capabilities) ? capabilities : 0;

    /// <summary>The second of the real, the effective, the saved and the file system's (proc_pid_status(5)).</summary>
    private static uint ParseEffectiveUser(string? users)
        => users?.Split('\t') is [_, var effective, ..] && uint.TryParse(effective, CultureInfo.InvariantCulture, out uint user) ? user : uint.MaxValue;

    /// <summary>A node's /proc may be mounted over that of a process in a pid namespace of its own: the parent of all kernel threads is process 2 there, and nowhere else.</summary>
    private static bool ShowsKernelThreads(SystemFiles files) => files.ReadLines("/proc/2/comm") is ["kthreadd"];
}
