namespace DiffKeeper.Lifecycle;

/// <summary>What was found of one <see cref="TracingRequirement"/>.</summary>
/// <remarks>Immutable, and so safe to share between threads.</remarks>
public sealed record RequirementResult
{
    private RequirementResult(TracingRequirement requirement, RequirementStatus status, string explanation, string? cure = null)
    {
        Requirement = requirement;
        Status = status;
        Explanation = explanation;
        Cure = cure;
    }

    /// <summary>What is needed.</summary>
    public TracingRequirement Requirement { get; }

    /// <summary>What it is called: <c>CAP_BPF</c>, <c>ring buffer</c>.</summary>
    public string Name => Requirement switch
    {
        TracingRequirement.Platform => "platform",
        TracingRequirement.Kernel => "kernel",
        TracingRequirement.UserNamespace => "user namespace",
        TracingRequirement.CapBpf => "CAP_BPF",
        TracingRequirement.CapPerfmon => "CAP_PERFMON",
        TracingRequirement.Btf => "BTF",
        TracingRequirement.PidNamespace => "pid namespace",
        TracingRequirement.NativeLibrary => "native library",
        TracingRequirement.RingBuffer => "ring buffer",
        TracingRequirement.Programs => "programs",
        TracingRequirement.CapSysResource => "CAP_SYS_RESOURCE",
        TracingRequirement.CapDacReadSearch => "CAP_DAC_READ_SEARCH",
        TracingRequirement.CapSysPtrace => "CAP_SYS_PTRACE",
        TracingRequirement.HostRoot => "host root",
        TracingRequirement.Cgroups => "cgroups",
        TracingRequirement.OciRuntimes => "OCI runtimes",
        _ => "injector file",
    };

    /// <summary>Whether it is there.</summary>
    public RequirementStatus Status { get; }

    /// <summary>What was found, and why that matters, as a sentence without its full stop.</summary>
    public string Explanation { get; }

    /// <summary>What to do, as the end of that sentence; <see langword="null"/> where nothing has to be done.</summary>
    public string? Cure { get; }

    internal string Sentence => Cure is null ? $"{Explanation}." : $"{Explanation}: {Cure}.";

    internal static RequirementResult Met(TracingRequirement requirement, string explanation) => new(requirement, RequirementStatus.Met, explanation);

    internal static RequirementResult Missing(TracingRequirement requirement, string explanation, string cure) => new(requirement, RequirementStatus.Missing, explanation, cure);

    internal static RequirementResult Degraded(TracingRequirement requirement, string explanation, string cure) => new(requirement, RequirementStatus.Degraded, explanation, cure);

    internal static RequirementResult NotApplicable(TracingRequirement requirement, string explanation) => new(requirement, RequirementStatus.NotApplicable, explanation);
}
