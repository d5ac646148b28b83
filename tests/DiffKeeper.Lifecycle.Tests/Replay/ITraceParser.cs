namespace DiffKeeper.Lifecycle.Tests.Replay;

internal interface ITraceParser
{
    /// <returns><see langword="null"/> for a line that says nothing of processes or cgroups.</returns>
    TraceLine? Parse(string line);
}
