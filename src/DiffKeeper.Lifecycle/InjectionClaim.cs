namespace DiffKeeper.Lifecycle;

/// <summary>What a ledger knows of an injection that is about to begin.</summary>
public enum InjectionClaim
{
    /// <summary>It was never begun. It is now.</summary>
    New = 1,

    /// <summary>It was begun, and nobody said how it ended: the program was ended on the way. It is begun once more.</summary>
    Retry = 2,

    /// <summary>It was done. It must not be begun again.</summary>
    Done = 3,
}
