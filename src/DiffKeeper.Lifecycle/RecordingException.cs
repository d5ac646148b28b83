namespace DiffKeeper.Lifecycle;

/// <summary>A recording can't be begun, or what is to be replayed is none that this version can read.</summary>
public sealed class RecordingException : LifecycleException
{
    internal RecordingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
