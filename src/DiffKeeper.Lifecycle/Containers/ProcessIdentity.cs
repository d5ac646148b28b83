namespace DiffKeeper.Lifecycle.Containers;

/// <summary>One process for good: numbers come again, but not with the same start.</summary>
/// <param name="Pid">In the initial pid namespace.</param>
/// <param name="StartTicks">
/// When it began, in hundredths of a second since boot: the 22nd field of /proc/PID/stat (proc_pid_stat(5); USER_HZ is 100 on every architecture of .NET).
/// </param>
internal readonly record struct ProcessIdentity(int Pid, ulong StartTicks)
{
    private const ulong NanosecondsPerTick = 10_000_000;

    public ulong StartNanoseconds => StartTicks * NanosecondsPerTick;

    /// <param name="pid">In the initial pid namespace.</param>
    /// <param name="startNanoseconds">As the kernel's records have it.</param>
    public static ProcessIdentity FromBootTime(int pid, ulong startNanoseconds) => new(pid, startNanoseconds / NanosecondsPerTick);
}
