namespace DiffKeeper.Lifecycle.Injection;

/// <summary>Why a run of an injector's program is over.</summary>
internal enum RunEnding
{
    /// <summary>The program ended by itself.</summary>
    Exited = 1,

    TimedOut = 2,

    Cancelled = 3,
}
