using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>Holds the publisher up while a reader's queue is full. Not for what the kernel tells, which doesn't wait.</summary>
internal sealed class PacedSink(IContainerSink sink, SubscriptionSet subscriptions, CancellationToken cancellationToken) : IContainerSink
{
    public void Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        subscriptions.WaitForRoom(cancellationToken);
        sink.Publish(container, lifecycleEvent);
    }
}
