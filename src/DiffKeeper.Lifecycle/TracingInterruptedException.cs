namespace DiffKeeper.Lifecycle;

/// <summary>A stream ended, because its tracer failed. The stream of another tracer begins with the containers that are there then.</summary>
public sealed class TracingInterruptedException : LifecycleException
{
    internal TracingInterruptedException(Exception cause)
        : base($"Tracing was interrupted ({cause.Message}): begin to read again, from another tracer, or under a host from the same.", cause)
    {
    }
}
