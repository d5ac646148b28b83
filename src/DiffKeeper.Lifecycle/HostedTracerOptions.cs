namespace DiffKeeper.Lifecycle;

/// <summary>How a host traces. It is read once, when the host starts.</summary>
/// <remarks>Logger factory, clock and meter factory default to those of the host's services.</remarks>
public sealed class HostedTracerOptions : LifecycleTracerOptions
{
    /// <summary>What the host does where containers can't be traced: it isn't Linux, or lacks privileges.</summary>
    /// <remarks>Defaults to <see cref="TracingUnavailableBehavior.FailAtStart"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public TracingUnavailableBehavior WhenUnavailable
    {
        get;
        set
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Where tracing isn't possible a host can fail at start, or run without events.");
            field = value;
        }
    }

    /// <summary>The pause before tracing is begun again that has failed while the host runs. It doubles with each further failure, up to a minute.</summary>
    /// <remarks>Defaults to one second.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a minute.</exception>
    public TimeSpan RestartDelay
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxRestartDelay);
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A recording that the host tells of, in place of the node's containers: on any operating system, without privileges. See
    /// <see cref="LifecycleTracer.Replay(string, ReplayTiming, LifecycleTracerOptions?)"/>; one that can't be replayed fails the host's start with a
    /// <see cref="RecordingException"/>. An injector is run for its containers, too.
    /// </summary>
    /// <remarks>Defaults to <see langword="null"/>: the node is traced.</remarks>
    public string? ReplayFrom { get; set; }

    /// <summary>When it is told what happened in <see cref="ReplayFrom"/>.</summary>
    /// <remarks>Defaults to <see cref="ReplayTiming.AsFastAsPossible"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public ReplayTiming ReplayTiming
    {
        get;
        set
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "A recording is replayed as fast as possible, or with the recorded timing.");
            field = value;
        }
    }

    internal static TimeSpan MaxRestartDelay { get; } = TimeSpan.FromMinutes(1);
}
