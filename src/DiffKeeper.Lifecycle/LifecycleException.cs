namespace DiffKeeper.Lifecycle;

/// <summary>The base of every exception that this library makes up. Its message says what, why and what to do in one sentence.</summary>
public class LifecycleException : Exception
{
    private protected LifecycleException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
