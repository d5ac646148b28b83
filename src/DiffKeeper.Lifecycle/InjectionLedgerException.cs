namespace DiffKeeper.Lifecycle;

/// <summary>A ledger's directory can't be used.</summary>
public sealed class InjectionLedgerException : LifecycleException
{
    internal InjectionLedgerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
