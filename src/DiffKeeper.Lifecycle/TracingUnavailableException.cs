namespace DiffKeeper.Lifecycle;

/// <summary>Containers can't be traced on this machine or by this process.</summary>
public sealed class TracingUnavailableException : LifecycleException
{
    internal TracingUnavailableException(TracingUnavailableReason reason, string message, Exception? innerException = null)
        : base(message, innerException)
        => Reason = reason;

    /// <summary>Why.</summary>
    public TracingUnavailableReason Reason { get; }
}
