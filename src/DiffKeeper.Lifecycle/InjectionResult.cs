namespace DiffKeeper.Lifecycle;

/// <summary>How an injection ended, and why.</summary>
public sealed record InjectionResult
{
    private InjectionResult(InjectionOutcome outcome, string? reason = null, bool mayRetry = false)
    {
        Outcome = outcome;
        Reason = reason;
        MayRetry = mayRetry;
    }

    /// <summary>It was done.</summary>
    public static InjectionResult Succeeded { get; } = new(InjectionOutcome.Succeeded);

    /// <summary>How it ended.</summary>
    public InjectionOutcome Outcome { get; }

    /// <summary>Why it failed or was skipped; <see langword="null"/> where it succeeded.</summary>
    public string? Reason { get; }

    /// <summary>Whether a failed injection may come out otherwise when it is tried again.</summary>
    public bool MayRetry { get; }

    /// <summary>It was tried, and did not work.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="mayRetry">Whether another attempt may come out otherwise.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    public static InjectionResult Failed(string reason, bool mayRetry = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new InjectionResult(InjectionOutcome.Failed, reason, mayRetry);
    }

    /// <summary>It was not to be done. It will not be tried again.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    public static InjectionResult Skipped(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new InjectionResult(InjectionOutcome.Skipped, reason);
    }
}
