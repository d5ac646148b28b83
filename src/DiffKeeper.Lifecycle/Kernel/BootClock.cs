using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Turns the kernel's boot clock into wall-clock time. Not thread-safe.</summary>
internal sealed class BootClock(TimeProvider timeProvider, Func<ulong>? bootNanoseconds = null) : IBootClock
{
    /// <summary>
    /// The clocks are read one after the other, so their difference is only this exact. Moves below it are noise, and
    /// following them could put two events in the wrong order; what is above is somebody setting the clock.
    /// </summary>
    private const long ToleranceTicks = TimeSpan.TicksPerMillisecond;

    private const ulong NanosecondsPerTick = 100;

    /// <summary>How often the difference is read when it has to be exact: one reading may be held up for as long as the tolerance is.</summary>
    private const int Readings = 8;

    private readonly Func<ulong> _bootNanoseconds = bootNanoseconds ?? (static () => LibC.BoottimeNanoseconds);
    private long _bootTicks = long.MinValue / 2;

    /// <summary>Nanoseconds in .NET's unit, of 100 of them.</summary>
    public static long ToTicks(ulong nanoseconds) => (long)(nanoseconds / NanosecondsPerTick);

    /// <inheritdoc/>
    public DateTimeOffset ToUtc(ulong bootNanoseconds)
    {
        long bootTicks = timeProvider.GetUtcNow().UtcTicks - ToTicks(_bootNanoseconds());
        if (Math.Abs(bootTicks - _bootTicks) > ToleranceTicks)
            _bootTicks = ReadBootTicks();
        return new DateTimeOffset(_bootTicks + ToTicks(bootNanoseconds), TimeSpan.Zero);
    }

    /// <summary>Reads the wall clock between two readings of the other, and goes by the pair that lies closest together.</summary>
    private long ReadBootTicks()
    {
        long bootTicks = 0;
        ulong closest = ulong.MaxValue;
        for (int i = 0; i < Readings; i++)
        {
            ulong before = _bootNanoseconds();
            long wall = timeProvider.GetUtcNow().UtcTicks;
            ulong apart = _bootNanoseconds() - before;
            if (apart < closest)
            {
                closest = apart;
                bootTicks = wall - ToTicks(before + (apart / 2));
            }
        }

        return bootTicks;
    }
}
