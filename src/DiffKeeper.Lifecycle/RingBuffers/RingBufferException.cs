namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>A BPF ring buffer could not be opened, or its memory does not hold what the kernel would have written.</summary>
public sealed class RingBufferException : LifecycleException
{
    internal RingBufferException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
