namespace DiffKeeper.Lifecycle.Diagnostics;

/// <summary>What only trying can tell: the programs and their maps are put into the kernel and taken out again. Nothing is attached.</summary>
internal static class LoadRequirements
{
    private static readonly TracingRequirement[] All = [TracingRequirement.NativeLibrary, TracingRequirement.RingBuffer, TracingRequirement.Programs];

    /// <param name="system">What is looked at.</param>
    /// <param name="options">How tracing is to work.</param>
    /// <param name="earlier">What is missing already, so that nothing is tried; <see langword="null"/> for nothing.</param>
    public static IEnumerable<RequirementResult> Check(ExaminedSystem system, LifecycleTracerOptions options, RequirementResult? earlier)
    {
        if (earlier is not null)
            return All.Select(requirement => NotTried(requirement, earlier));

        try
        {
            system.Load(options);
            return All.Select(requirement => Passed(requirement, options));
        }
        catch (TracingUnavailableException e) when (e.Missing is { } missing)
        {
            int failed = Array.IndexOf(All, missing.Requirement);
            return All.Select((requirement, index) => index == failed ? missing : index < failed ? Before(requirement, missing) : NotTried(requirement, missing));
        }
    }

    private static RequirementResult Passed(TracingRequirement requirement, LifecycleTracerOptions options) => RequirementResult.Met(requirement, requirement switch
    {
        TracingRequirement.NativeLibrary => "libdiffkeeper_bpf.so was loaded",
        TracingRequirement.RingBuffer => $"One of {options.RingBufferBytes / 1024} KiB was made",
        _ => "The kernel took them, and they were unloaded again",
    });

    /// <summary>The library has done its part by then; whether there was a ring the kernel does not say of programs that it refuses.</summary>
    private static RequirementResult Before(TracingRequirement requirement, RequirementResult missing) => requirement == TracingRequirement.NativeLibrary
        ? RequirementResult.Met(requirement, "libdiffkeeper_bpf.so was loaded")
        : NotTried(requirement, missing);

    private static RequirementResult NotTried(TracingRequirement requirement, RequirementResult missing)
        => RequirementResult.NotApplicable(requirement, $"Not tried, because of what is missing: {missing.Name}");
}
