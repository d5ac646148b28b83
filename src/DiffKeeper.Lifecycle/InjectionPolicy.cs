using DiffKeeper.Lifecycle.Injection;

namespace DiffKeeper.Lifecycle;

/// <summary>Which containers are injected.</summary>
/// <remarks>The container that the program itself runs in never is, whatever the policy says.</remarks>
public sealed class InjectionPolicy
{
    private NamePattern[] _allowed = [];
    private NamePattern[] _denied = [];

    /// <summary>The states at which a container is injected: <see cref="LifecycleState.Create"/>, <see cref="LifecycleState.Start"/>, or both, each once.</summary>
    /// <remarks>
    /// Defaults to <see cref="LifecycleState.Start"/>. A container that has started by the time that the program sees it is not injected for its creation any more.
    /// </remarks>
    /// <exception cref="ArgumentException">The list is empty or names another state.</exception>
    public IReadOnlyCollection<LifecycleState> States
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0 || value.Any(static state => state is not (LifecycleState.Create or LifecycleState.Start)))
                throw new ArgumentException("Containers are injected at create or start, or both.", nameof(value));
            field = [.. value];
        }
    } = [LifecycleState.Start];

    /// <summary>Kubernetes namespaces whose containers are injected, where <c>*</c> stands for any characters, or none. Containers outside Kubernetes are left out then.</summary>
    /// <remarks>Defaults to an empty list: every namespace, and what has none.</remarks>
    /// <exception cref="ArgumentException">One of the patterns is empty.</exception>
    public IReadOnlyCollection<string> AllowedNamespaces
    {
        get;
        set => _allowed = NamePattern.ParseAll(field = Copy(value));
    } = [];

    /// <summary>Kubernetes namespaces whose containers are not injected, written like <see cref="AllowedNamespaces"/>, over which this wins.</summary>
    /// <remarks>Defaults to an empty list.</remarks>
    /// <exception cref="ArgumentException">One of the patterns is empty.</exception>
    public IReadOnlyCollection<string> DeniedNamespaces
    {
        get;
        set => _denied = NamePattern.ParseAll(field = Copy(value));
    } = [];

    /// <summary>The <see cref="LifecycleEvent.Runtime"/>s whose containers are injected.</summary>
    /// <remarks>Defaults to an empty list: every one.</remarks>
    /// <exception cref="ArgumentException">One of the names is empty.</exception>
    public IReadOnlyCollection<string> Runtimes
    {
        get;
        set => field = Copy(value);
    } = [];

    /// <summary>Whether pods' sandboxes are injected.</summary>
    /// <remarks>Defaults to <see langword="false"/>.</remarks>
    public bool IncludeSandboxes { get; set; }

    /// <summary>Whether containers within containers are injected. What is known of them is what a container's own root says.</summary>
    /// <remarks>Defaults to <see langword="false"/>.</remarks>
    public bool IncludeNested { get; set; }

    /// <summary>Decides on one container.</summary>
    /// <param name="container">Any event of it.</param>
    /// <returns>Why it isn't injected, in a sentence; <see langword="null"/> where it is.</returns>
    public string? ReasonToSkip(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (!States.Contains(container.State))
            return "The policy does not ask for this state.";
        if (container.Sandbox && !IncludeSandboxes)
            return "It is a pod's sandbox.";
        if (container.Nested && !IncludeNested)
            return "It is nested in another container.";
        if (Runtimes.Count > 0 && !Runtimes.Contains(container.Runtime))
            return $"The policy leaves out {container.Runtime}.";
        return ReasonToSkip(container.Namespace);
    }

    private string? ReasonToSkip(string? kubernetesNamespace)
    {
        if (kubernetesNamespace is null)
            return _allowed.Length > 0 ? "It is in no Kubernetes namespace, and the policy allows only some." : null;
        if (_denied.Any(pattern => pattern.Matches(kubernetesNamespace)))
            return $"The policy denies the namespace {kubernetesNamespace}.";
        bool isAllowed = _allowed.Length == 0 || _allowed.Any(pattern => pattern.Matches(kubernetesNamespace));
        return isAllowed ? null : $"The policy does not allow the namespace {kubernetesNamespace}.";
    }

    private static string[] Copy(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A name or pattern may not be empty.", nameof(names));
        return [.. names];
    }
}
