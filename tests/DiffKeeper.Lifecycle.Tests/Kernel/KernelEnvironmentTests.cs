using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Kernel;

public sealed class KernelEnvironmentTests
{
    private const ulong SysAdmin = 1UL << 21;
    private const ulong Perfmon = 1UL << 38;
    private const ulong Bpf = 1UL << 39;

    private static readonly KernelEnvironment Capable = new(IsLinux: true, "Linux 6.12", HasBtf: true, Bpf | Perfmon);

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
    public void Another_operating_system_is_refused_by_name()
        => Refuses(new KernelEnvironment(IsLinux: false, "Darwin 25", HasBtf: false, 0), TracingUnavailableReason.UnsupportedPlatform, "Darwin 25");

    private static void Refuses(KernelEnvironment environment, TracingUnavailableReason reason, string named)
        => Assert.That(
            environment.EnsureTracingIsPossible,
            Throws.TypeOf<TracingUnavailableException>()
                .With.Property(nameof(TracingUnavailableException.Reason)).EqualTo(reason)
                .And.Message.Contains(named));
}
