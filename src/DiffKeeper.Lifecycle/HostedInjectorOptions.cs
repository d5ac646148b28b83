namespace DiffKeeper.Lifecycle;

/// <summary>How a host injects. It is read once, when the host starts.</summary>
/// <remarks>
/// Logger factory, clock and meter factory default to those of the host's services. The host's own shutdown timeout (30 seconds by default) has to leave room
/// for <see cref="AutoInjectorOptions.StopTimeout"/>, and for what the injector takes to end when it is cancelled then.
/// </remarks>
public sealed class HostedInjectorOptions : AutoInjectorOptions
{
    private readonly IInjectionLedger _default;

    /// <summary>Every option at its default.</summary>
    public HostedInjectorOptions() => _default = Ledger;

    /// <summary>
    /// Where it is kept what was injected, so that a restart of the program injects nothing twice and what it missed: a directory for this program alone,
    /// which the host opens as a <see cref="DirectoryInjectionLedger"/>. <see langword="null"/> keeps it in memory. Not used where
    /// <see cref="AutoInjectorOptions.Ledger"/> is set.
    /// </summary>
    /// <remarks>Defaults to <c>/run/diffkeeper/injections</c>.</remarks>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? LedgerDirectory
    {
        get;
        set
        {
            if (value is not null)
                ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = "/run/diffkeeper/injections";

    internal bool HasOwnLedger => Ledger != _default;
}
