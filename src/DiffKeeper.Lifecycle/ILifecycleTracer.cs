namespace DiffKeeper.Lifecycle;

/// <summary>A source of container lifecycle events.</summary>
/// <remarks>All members are safe to call from several threads at once.</remarks>
public interface ILifecycleTracer : IAsyncDisposable
{
    /// <summary>Begins a subscription and returns its events in the order in which the kernel saw them.</summary>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A stream of its own: each call subscribes anew, from the moment of the call, and several can be read at once.
    /// Leaving the loop ends the subscription; disposing the tracer ends every one, after what it has buffered.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The tracer was disposed.</exception>
    IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default);
}
