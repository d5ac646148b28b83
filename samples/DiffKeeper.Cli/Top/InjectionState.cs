namespace DiffKeeper.Cli.Top;

internal enum InjectionState
{
    /// <summary>It is not to be injected, or not yet.</summary>
    None,

    /// <summary>It waits for its turn, or is being injected.</summary>
    Pending,
    Done,
    Failed,
    Skipped,
}
