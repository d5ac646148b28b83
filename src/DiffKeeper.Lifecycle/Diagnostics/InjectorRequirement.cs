using DiffKeeper.Lifecycle.Injection;

namespace DiffKeeper.Lifecycle.Diagnostics;

/// <summary>The injector's program, as <see cref="CommandInjector"/> looks at it.</summary>
internal static class InjectorRequirement
{
    public static RequirementResult Check(CommandInjectorOptions? injector)
    {
        const TracingRequirement Requirement = TracingRequirement.InjectorFile;
        if (injector is null)
            return RequirementResult.NotApplicable(Requirement, "No injector was named");
        return InjectorFile.FindFault(injector.Command) is { } fault
            ? RequirementResult.Missing(Requirement, fault.Explanation, fault.Cure)
            : RequirementResult.Met(Requirement, $"{injector.Command} can be executed, and changed by nobody else");
    }
}
