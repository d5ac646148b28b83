namespace DiffKeeper.Lifecycle.Injection;

/// <summary>Pauses that double, up to a limit, and of which chance takes up to half.</summary>
internal sealed class RetryDelays(TimeSpan first, TimeSpan longest)
{
    /// <param name="retry">Counted from 1 on.</param>
    public TimeSpan Before(int retry)
    {
        double doubled = first.TotalMilliseconds * Math.Pow(2, retry - 1);
        return TimeSpan.FromMilliseconds(Math.Min(doubled, longest.TotalMilliseconds) * (1 - (Random.Shared.NextDouble() / 2)));
    }
}
