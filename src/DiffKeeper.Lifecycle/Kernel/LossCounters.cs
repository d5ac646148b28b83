namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What the programs could not tell, since they were loaded (<c>enum loss</c> in native/bpf/lifecycle.h, and the kernel).</summary>
/// <param name="RingFull">Records that found no room in the ring.</param>
/// <param name="MapsFull">Processes and cgroups that found no room in the maps, and so can't be followed.</param>
/// <param name="Skipped">
/// Runs that the kernel left out because a program was already running on that processor: where tracepoints can be preempted (seen on Linux 7.2,
/// not on 6.12), a program that is preempted half-way costs others theirs.
/// </param>
internal readonly record struct LossCounters(ulong RingFull, ulong MapsFull, ulong Skipped);
