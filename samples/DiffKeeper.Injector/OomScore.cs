namespace DiffKeeper.Injector;

/// <param name="Value">How readily the kernel kills a process when memory runs out: 0, as the kernel decides by itself, to 1000, always first (proc_pid_oom_score_adj(5)).</param>
internal sealed record OomScore(int Value)
{
    public const int Max = 1000;
}
