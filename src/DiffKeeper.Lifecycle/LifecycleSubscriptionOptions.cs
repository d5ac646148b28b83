namespace DiffKeeper.Lifecycle;

/// <summary>How one subscription is served. It is read once, when the subscription begins.</summary>
public sealed class LifecycleSubscriptionOptions
{
    /// <summary>How many events wait for the reader; those beyond are dropped, counted, and made good when the reader has caught up.</summary>
    /// <remarks>Defaults to <see cref="LifecycleTracerOptions.SubscriptionCapacity"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? Capacity
    {
        get;
        set
        {
            if (value is { } capacity)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// Called once for each time that the reader was too slow, when it has caught up, with the number of events that were dropped; the
    /// events after it tell how those containers ended up.
    /// </summary>
    /// <remarks>Defaults to nothing. Runs on the reader's own side of the stream; it has to be quick and may not throw.</remarks>
    public Action<long>? EventsLost { get; set; }
}
