namespace DiffKeeper.Lifecycle.Hosting;

/// <summary><see cref="InjectionPolicy"/> as a configuration section has it.</summary>
internal sealed class PolicySettings
{
    public LifecycleState[]? States { get; set; }

    public string[]? AllowedNamespaces { get; set; }

    public string[]? DeniedNamespaces { get; set; }

    public string[]? Runtimes { get; set; }

    public bool? IncludeSandboxes { get; set; }

    public bool? IncludeNested { get; set; }

    public void Apply(InjectionPolicy policy, SettingsErrors errors)
    {
        errors.Apply(States, value => policy.States = value, "Policy:States");
        errors.Apply(AllowedNamespaces, value => policy.AllowedNamespaces = value, "Policy:AllowedNamespaces");
        errors.Apply(DeniedNamespaces, value => policy.DeniedNamespaces = value, "Policy:DeniedNamespaces");
        errors.Apply(Runtimes, value => policy.Runtimes = value, "Policy:Runtimes");
        errors.Apply(IncludeSandboxes, value => policy.IncludeSandboxes = value);
        errors.Apply(IncludeNested, value => policy.IncludeNested = value);
    }
}
