namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where the tracker tells what happened.</summary>
internal interface IContainerSink
{
    /// <param name="container">Which life of which container: the same object for all of its events.</param>
    /// <param name="lifecycleEvent">What happened to it.</param>
    void Publish(Container container, LifecycleEvent lifecycleEvent);
}
