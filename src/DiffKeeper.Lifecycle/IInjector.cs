namespace DiffKeeper.Lifecycle;

/// <summary>Does to one container what the program is there for.</summary>
public interface IInjector
{
    /// <summary>Injects one container. Called for several containers at once, but never twice at once for the same one.</summary>
    /// <param name="container">The event that called for it: a <see cref="LifecycleState.Start"/>, or where the policy wants it a <see cref="LifecycleState.Create"/>.</param>
    /// <param name="cancellationToken">The program ends: what was begun has to be undone or left, and soon.</param>
    /// <returns>How it ended. An exception counts as <see cref="InjectionResult.Failed"/> with its message.</returns>
    ValueTask<InjectionResult> InjectAsync(LifecycleEvent container, CancellationToken cancellationToken);
}
