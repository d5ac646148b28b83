namespace DiffKeeper.Lifecycle;

/// <summary>A source of container lifecycle events.</summary>
/// <remarks>All members are safe to call from several threads at once.</remarks>
public interface ILifecycleTracer : IAsyncDisposable
{
    /// <summary>Begins a subscription: first the containers that are there now (<see cref="LifecycleEvent.Existing"/>), then every change, in order.</summary>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A stream of its own, from the moment of the call, without a gap or a double between what is there and what follows. Each call subscribes
    /// anew, and several can be read at once. Leaving the loop ends the subscription; disposing the tracer ends every one, after what it has
    /// buffered. A reader that is too slow loses events, and is told how things ended up as soon as it has caught up.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The tracer was disposed.</exception>
    IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ReadAllAsync(CancellationToken)"/>
    /// <param name="options">How the subscription is served.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default);

    /// <summary>The containers that are there now: created and not stopped, oldest change first.</summary>
    /// <returns>The last event of each, as a new subscription would begin with them.</returns>
    /// <exception cref="ObjectDisposedException">The tracer was disposed.</exception>
    IReadOnlyList<LifecycleEvent> Snapshot();
}
