namespace DiffKeeper.Lifecycle;

/// <summary>What the health check takes for healthy.</summary>
public sealed class LifecycleHealthCheckOptions
{
    /// <summary>How long a loss of events makes the check degraded.</summary>
    /// <remarks>Defaults to one minute.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan LossWindow
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMinutes(1);

    /// <summary>How many injections may be under way or wait before the check is degraded.</summary>
    /// <remarks>Defaults to 100.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxInjectionBacklog
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 100;
}
