using System.Globalization;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What of this machine and process decides whether the programs can be loaded.</summary>
internal sealed record KernelEnvironment(bool IsLinux, Architecture Architecture, string Platform, bool HasBtf, ulong Capabilities)
{
    /// <summary>The runtime identifiers that <c>DiffKeeper.Lifecycle.Native</c> has a library for.</summary>
    private const string Platforms = "linux-x64, linux-arm64, linux-musl-x64 and linux-musl-arm64";

    private const string Btf = "/sys/kernel/btf/vmlinux";

    // linux/capability.h
    private const int CapSysAdmin = 21;
    private const int CapPerfmon = 38;
    private const int CapBpf = 39;

    public static KernelEnvironment Current { get; } = new(
        OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture, RuntimeInformation.RuntimeIdentifier, File.Exists(Btf), ReadCapabilities());

    /// <summary>Throws for the first thing that is missing; what only loading can tell is left to loading.</summary>
    /// <exception cref="PlatformNotSupportedException">It isn't Linux, or not on x64 or arm64.</exception>
    /// <exception cref="TracingUnavailableException">Something is missing.</exception>
    public void EnsureTracingIsPossible()
    {
        if (!IsLinux)
        {
            throw new PlatformNotSupportedException(
                $"Containers can only be traced on Linux, and this is {Platform}: run this on the Linux node whose containers you want to see.");
        }

        if (Architecture is not (Architecture.X64 or Architecture.Arm64))
        {
            throw new PlatformNotSupportedException(
                $"DiffKeeper.Lifecycle has no native library for {Platform}: it traces on {Platforms}.");
        }

        // CAP_SYS_ADMIN stands for both, as it did before Linux 5.8 split them off.
        string missing = Has(CapSysAdmin) ? "" : string.Join(" and ", MissingNames());
        if (missing.Length > 0)
        {
            throw new TracingUnavailableException(
                TracingUnavailableReason.MissingPrivilege,
                $"Tracing needs to load BPF programs, and this process lacks {missing}: run it as root, or grant it CAP_BPF and CAP_PERFMON.");
        }

        if (!HasBtf)
        {
            throw new TracingUnavailableException(
                TracingUnavailableReason.NoBtf,
                $"Tracing needs the kernel's type information, and {Btf} is missing: use a kernel built with CONFIG_DEBUG_INFO_BTF, and mount /sys where this runs.");
        }
    }

    private static ulong ReadCapabilities()
    {
        const string Line = "CapEff:";
        if (!OperatingSystem.IsLinux())
            return 0;
        string? effective = File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith(Line, StringComparison.Ordinal));
        return effective is null ? 0 : ulong.Parse(effective.AsSpan(Line.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private IEnumerable<string> MissingNames()
    {
        if (!Has(CapBpf))
            yield return "CAP_BPF";
        if (!Has(CapPerfmon))
            yield return "CAP_PERFMON";
    }

    private bool Has(int capability) => (Capabilities >> capability & 1) != 0;
}
