using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>An event on its way to a reader.</summary>
/// <param name="Container">Which life of which container it belongs to.</param>
/// <param name="Event">What happened.</param>
internal readonly record struct Publication(Container Container, LifecycleEvent Event);
