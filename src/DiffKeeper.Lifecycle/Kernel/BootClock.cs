using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Turns the kernel's boot clock into wall-clock time. Not thread-safe.</summary>
internal sealed class BootClock(TimeProvider timeProvider, Func<ulong>? bootNanoseconds = null)
{
    /// <summary>
    /// The clocks are read one after the other, so their difference is only this exact. Moves below it are noise, and
    /// following them could put two events in the wrong order; what is above is somebody setting the clock.
    /// </summary>
    private const long ToleranceTicks = TimeSpan.TicksPerMillisecond;

    private const ulong NanosecondsPerTick = 100;

    private readonly Func<ulong> _bootNanoseconds = bootNanoseconds ?? (static () => LibC.BoottimeNanoseconds);
    private long _bootTicks = long.MinValue / 2;

    /// <summary>The wall-clock time, in UTC, of a moment on CLOCK_BOOTTIME.</summary>
    public DateTimeOffset ToUtc(ulong bootNanoseconds)
    {
        long bootTicks = timeProvider.GetUtcNow().UtcTicks - (long)(_bootNanoseconds() / NanosecondsPerTick);
        if (Math.Abs(bootTicks - _bootTicks) > ToleranceTicks)
            _bootTicks = bootTicks;
        return new DateTimeOffset(_bootTicks + (long)(bootNanoseconds / NanosecondsPerTick), TimeSpan.Zero);
    }
}
