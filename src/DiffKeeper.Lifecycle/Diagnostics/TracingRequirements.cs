using DiffKeeper.Lifecycle.Diagnostics;
using DiffKeeper.Lifecycle.Kernel;

// With the contracts, where a caller looks for it.
#pragma warning disable IDE0130
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

/// <summary>Tells what this machine and this process have of what tracing needs.</summary>
public static class TracingRequirements
{
    /// <summary>
    /// Looks at every <see cref="TracingRequirement"/>, and loads the programs into the kernel to see whether it takes them; nothing is attached, and they are
    /// gone when it returns. That takes tens of milliseconds.
    /// </summary>
    /// <param name="options">How tracing is to work; <see langword="null"/> for the defaults.</param>
    /// <param name="injector">The injector that is to be run; <see langword="null"/> for none.</param>
    /// <returns>
    /// One result for each requirement. <see cref="LifecycleTracer.Create"/> succeeds with the same options where none is
    /// <see cref="RequirementStatus.Missing"/>, the injector's aside, and otherwise its exception tells of the first that is.
    /// </returns>
    /// <remarks>May be called anywhere, by anybody, away from Linux too, and from several threads at once.</remarks>
    public static IReadOnlyList<RequirementResult> Check(LifecycleTracerOptions? options = null, CommandInjectorOptions? injector = null)
        => Examine(ExaminedSystem.Current, options ?? new LifecycleTracerOptions(), injector);

    internal static IReadOnlyList<RequirementResult> Examine(ExaminedSystem system, LifecycleTracerOptions options, CommandInjectorOptions? injector)
    {
        List<RequirementResult> results = [.. KernelRequirements.Check(system.Kernel)];
        RequirementResult? missing = results.Find(static result => result.Status == RequirementStatus.Missing);
        if (missing?.Requirement == TracingRequirement.Platform)
            return [missing, .. Enum.GetValues<TracingRequirement>().Skip(1).Select(static requirement => RequirementResult.NotApplicable(requirement, "Not looked at away from where tracing is possible"))];

        results.AddRange(LoadRequirements.Check(system, options, missing));
        results.AddRange(AccessRequirements.Check(system.Kernel));
        results.AddRange(NodeRequirements.Check(system, options, seesNode: results.Exists(static result => result is { Requirement: TracingRequirement.PidNamespace, Status: RequirementStatus.Met })));
        results.Add(InjectorRequirement.Check(injector));
        return results;
    }
}
