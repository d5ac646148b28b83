using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Interop;

internal static unsafe partial class LibC
{
    /// <summary>CLOCK_BOOTTIME (linux/time.h): nanoseconds since boot, suspended time included.</summary>
    private const int ClockBoottime = 7;

    public static ulong BoottimeNanoseconds
    {
        get
        {
            Timespec time;
            _ = ClockGetTime(ClockBoottime, &time);
            return ((ulong)time.Seconds * 1_000_000_000) + (ulong)time.Nanoseconds;
        }
    }

    [LibraryImport(Library, EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, Timespec* time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
