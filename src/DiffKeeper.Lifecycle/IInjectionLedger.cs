namespace DiffKeeper.Lifecycle;

/// <summary>Remembers what was injected, so that nothing is injected twice.</summary>
/// <remarks>
/// An injection is one container, in the life that its init process begins, at one state. What tells lives apart is <see cref="LifecycleEvent.Pid"/>
/// with <see cref="LifecycleEvent.ProcessStartTicks"/>. Members are called from several threads at once, but for one container one after the other. An
/// exception makes the injection that it concerns fail.
/// </remarks>
public interface IInjectionLedger
{
    /// <summary>Asks for an injection, and notes that it begins.</summary>
    /// <param name="container">The event that calls for it.</param>
    InjectionClaim Claim(LifecycleEvent container);

    /// <summary>Notes that the injection that was claimed has been done.</summary>
    /// <param name="container">The event that called for it.</param>
    void Complete(LifecycleEvent container);

    /// <summary>Takes a claim back, as if it had never been made: the injection failed, and may be claimed another time.</summary>
    /// <param name="container">The event that called for it.</param>
    void Release(LifecycleEvent container);

    /// <summary>Drops what is known of a container that has gone.</summary>
    /// <param name="container">The event that told so.</param>
    void Forget(LifecycleEvent container);

    /// <summary>Drops what is known of containers that went while nobody looked. Called once, before anything is claimed.</summary>
    /// <param name="existing">The last event of each container that is there.</param>
    void Retain(IReadOnlyCollection<LifecycleEvent> existing);
}
