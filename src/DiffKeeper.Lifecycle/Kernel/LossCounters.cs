namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What the programs could not tell, since they were loaded (<c>enum loss</c> in native/bpf/lifecycle.h).</summary>
/// <param name="RingFull">Records that found no room in the ring.</param>
/// <param name="TasksFull">Processes that found no room in the map of tasks, and so can't be followed.</param>
internal readonly record struct LossCounters(ulong RingFull, ulong TasksFull);
