namespace DiffKeeper.Lifecycle.Injection;

/// <summary>How many bytes of one run's output are logged, and how many are not.</summary>
internal sealed class OutputBudget(int maxBytes)
{
    private int _left = maxBytes;

    public long Discarded { get; private set; }

    /// <returns>How many of so many bytes may be logged.</returns>
    public int Take(int count)
    {
        int taken = Math.Min(count, _left);
        _left -= taken;
        Discarded += count - taken;
        return taken;
    }
}
