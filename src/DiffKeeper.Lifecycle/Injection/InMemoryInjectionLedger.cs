using System.Collections.Concurrent;
using DiffKeeper.Lifecycle.Injection;

// With the contracts, where a caller looks for it.
#pragma warning disable IDE0130
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

/// <summary>A ledger that ends with the program: what runs then is injected again by the next.</summary>
/// <remarks>All members are safe to call from several threads at once.</remarks>
public sealed class InMemoryInjectionLedger : IInjectionLedger
{
    /// <summary>Whether the injection has been done; until then it has only begun.</summary>
    private readonly ConcurrentDictionary<InjectionKey, bool> _isDone = new();

    /// <inheritdoc/>
    public InjectionClaim Claim(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var key = InjectionKey.Of(container);
        if (_isDone.TryAdd(key, false))
            return InjectionClaim.New;
        return _isDone.GetValueOrDefault(key) ? InjectionClaim.Done : InjectionClaim.Retry;
    }

    /// <inheritdoc/>
    public void Complete(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _isDone[InjectionKey.Of(container)] = true;
    }

    /// <inheritdoc/>
    public void Release(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _isDone.TryRemove(InjectionKey.Of(container), out _);
    }

    /// <inheritdoc/>
    public void Forget(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        foreach (InjectionKey key in InjectionKey.AllOf(container))
            _isDone.TryRemove(key, out _);
    }

    /// <inheritdoc/>
    public void Retain(IReadOnlyCollection<LifecycleEvent> existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        var kept = existing.SelectMany(InjectionKey.AllOf).ToHashSet();
        foreach (InjectionKey key in _isDone.Keys.Where(key => !kept.Contains(key)))
            _isDone.TryRemove(key, out _);
    }
}
