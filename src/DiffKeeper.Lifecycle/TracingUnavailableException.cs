namespace DiffKeeper.Lifecycle;

/// <summary>Containers can't be traced on this machine or by this process.</summary>
public sealed class TracingUnavailableException : LifecycleException
{
    internal TracingUnavailableException(TracingUnavailableReason reason, string message, Exception? innerException = null)
        : base(message, innerException)
        => Reason = reason;

    internal TracingUnavailableException(TracingUnavailableReason reason, RequirementResult missing, Exception? innerException = null)
        : this(reason, missing.Sentence, innerException)
        => Missing = missing;

    /// <summary>Why.</summary>
    public TracingUnavailableReason Reason { get; }

    /// <summary>What is missing, of what <see cref="TracingRequirements.Check"/> looks at; <see langword="null"/> where tracing was possible and then failed.</summary>
    public RequirementResult? Missing { get; }
}
