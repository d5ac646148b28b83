namespace DiffKeeper.Lifecycle;

/// <summary>How an injection ended.</summary>
public enum InjectionOutcome
{
    /// <summary>It was done.</summary>
    Succeeded = 1,

    /// <summary>It was tried, and did not work.</summary>
    Failed = 2,

    /// <summary>It was not to be done.</summary>
    Skipped = 3,
}
