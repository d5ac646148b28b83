namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What the kernel's boot clock means.</summary>
internal interface IBootClock
{
    /// <summary>The wall-clock time, in UTC, of a moment on CLOCK_BOOTTIME.</summary>
    DateTimeOffset ToUtc(ulong bootNanoseconds);
}
