namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <param name="Nanoseconds">How long a BPF program ran.</param>
/// <param name="Runs">How often.</param>
internal readonly record struct RunTime(ulong Nanoseconds, ulong Runs)
{
    public double PerRun => Runs == 0 ? 0 : (double)Nanoseconds / Runs;

    public static RunTime Of(in BpfObjectInfo info) => new(info.Nanoseconds, info.Runs);

    /// <summary>One process forks, executes and exits once: the sum of what each program took a run.</summary>
    public static double PerProcess(IReadOnlyDictionary<uint, RunTime> before, IReadOnlyDictionary<uint, RunTime> after)
        => after.Sum(program => (program.Value - before[program.Key]).PerRun);

    public static RunTime operator -(RunTime left, RunTime right) => new(left.Nanoseconds - right.Nanoseconds, left.Runs - right.Runs);
}
