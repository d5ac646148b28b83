using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Kernel;

public sealed class KernelEnvironmentTests
{
    private const ulong SysAdmin = 1UL << 21;
    private const ulong Perfmon = 1UL << 38;
    private const ulong Bpf = 1UL << 39;

    private static readonly KernelEnvironment Capable = new()
    {
        IsLinux = true,
        Architecture = Architecture.X64,
        Platform = "linux-x64",
        Release = "6.12.3-amd64",
        HasBtf = true,
        Capabilities = Bpf | Perfmon,
        User = 65534,
        IsInInitialUserNamespace = true,
        SeesNode = true,
    };

    [TestCase(SysAdmin)]
    [TestCase(Bpf | Perfmon)]
    public void Either_set_of_capabilities_will_do(ulong capabilities)
        => Assert.That((Capable with { Capabilities = capabilities }).EnsureTracingIsPossible, Throws.Nothing);

    [TestCase(0UL, "CAP_BPF and CAP_PERFMON")]
    [TestCase(Bpf, "lacks CAP_PERFMON:")]
    [TestCase(Perfmon, "lacks CAP_BPF:")]
    public void Missing_capabilities_are_named(ulong capabilities, string named)
        => Refuses(Capable with { Capabilities = capabilities }, TracingUnavailableReason.MissingPrivilege, named);

    [Test]
    public void A_kernel_without_its_types_is_refused()
        => Refuses(Capable with { HasBtf = false }, TracingUnavailableReason.NoBtf, "CONFIG_DEBUG_INFO_BTF");

    [Test]
    public void A_process_that_does_not_see_the_node_is_refused()
        => Refuses(Capable with { SeesNode = false }, TracingUnavailableReason.ForeignPidNamespace, "hostPID: true");

    [Test]
    public void Capabilities_of_another_user_namespace_do_not_count()
        => Refuses(Capable with { IsInInitialUserNamespace = false }, TracingUnavailableReason.MissingPrivilege, "user namespace");

    [Test]
    public void The_processors_with_a_native_library_are_not_refused()
        => Assert.That((Capable with { Architecture = Architecture.Arm64, Platform = "linux-musl-arm64" }).EnsureTracingIsPossible, Throws.Nothing);

    [TestCase(false, Architecture.Arm64, "osx-arm64")]
    [TestCase(false, Architecture.X64, "win-x64")]
    [TestCase(true, Architecture.RiscV64, "linux-riscv64")]
    [TestCase(true, Architecture.Arm, "linux-musl-arm")]
    public void Another_platform_is_refused_by_name(bool isLinux, Architecture architecture, string platform)
        => Assert.That(
            (Capable with { IsLinux = isLinux, Architecture = architecture, Platform = platform }).EnsureTracingIsPossible,
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains(platform));

    private static void Refuses(KernelEnvironment environment, TracingUnavailableReason reason, string named)
        => Assert.That(
            environment.EnsureTracingIsPossible,
            Throws.TypeOf<TracingUnavailableException>()
                .With.Property(nameof(TracingUnavailableException.Reason)).EqualTo(reason)
                .And.Message.Contains(named));
}
