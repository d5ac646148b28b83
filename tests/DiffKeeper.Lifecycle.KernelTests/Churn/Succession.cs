namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>What two tracers told, the second of which began when the first had been killed.</summary>
/// <param name="first">What the first one told.</param>
/// <param name="second">What the second one told.</param>
/// <param name="succeeded">When the second one had begun; a timestamp of <see cref="TimeProvider.System"/>.</param>
internal sealed class Succession(IEnumerable<LifecycleEvent> first, IEnumerable<LifecycleEvent> second, long succeeded)
{
    private readonly ILookup<string, LifecycleEvent> _first = first.ToLookup(e => e.ContainerId);
    private readonly ILookup<string, LifecycleEvent> _second = second.ToLookup(e => e.ContainerId);

    /// <summary>
    /// How the beginning and the end of the container's story are not what was told: the first tracer tells the beginning, and the second the
    /// rest, led in by what was then, unless nothing was.
    /// </summary>
    public IEnumerable<string> Compare(ContainerTruth container)
    {
        LifecycleState[] story = StoryOf(container);
        LifecycleEvent[] first = [.. _first[container.Id]];
        LifecycleEvent[] second = [.. _second[container.Id]];
        bool isLedIn = second is [{ Existing: true }, ..];
        bool isBeginning = !first.Any(e => e.Existing) && first.Select(e => e.State).SequenceEqual(story.Take(first.Length));
        bool isEnd = second.Select(e => e.State).SequenceEqual(story.TakeLast(second.Length)) && (isLedIn || second is [] or [{ State: LifecycleState.Create }, ..]);
        bool isOnce = !second.Skip(1).Any(e => e.Existing) && first.Length + second.Length - (isLedIn ? 1 : 0) <= story.Length;
        bool isAll = second.Length >= container.Lives.Sum(LeastOfSecond);
        if (!isBeginning || !isEnd || !isOnce || !isAll)
            yield return $"{container}: expected {string.Join(' ', story)}, told {Tell(first)} and then {Tell(second)}";
    }

    /// <summary>How what was told is not the story of a container that ran while the tracers changed: nothing of that can be left out.</summary>
    public IEnumerable<string> CompareStayed(ContainerTruth container)
    {
        LifecycleEvent[] second = [.. _second[container.Id]];
        LifecycleState[] rest = [LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];
        bool goesOn = second.Select(e => e.State).SequenceEqual(rest) && second[0].Existing && second.All(e => e.Pid == container.Lives[0].Pid);
        return goesOn ? Compare(container) : [$"{container}: expected what exists to be led in and then to end, told {Tell(second)}"];
    }

    /// <summary>How much of a life the second tracer can't have missed: all of one that came later, and all but the creation of one that ran.</summary>
    private int LeastOfSecond(LifeTruth life) =>
        StoryOf(life).Count() - (life.Before > succeeded ? 0 : life.Running > succeeded ? 1 : StoryOf(life).Count());

    private static LifecycleState[] StoryOf(ContainerTruth container) => [.. container.Lives.SelectMany(StoryOf)];

    /// <summary>Nobody asked for execs.</summary>
    private static IEnumerable<LifecycleState> StoryOf(LifeTruth life) => life.States.Where(state => state != LifecycleState.Exec);

    private static string Tell(IEnumerable<LifecycleEvent> events) =>
        $"[{string.Join(", ", events.Select(e => $"{(e.Existing ? "existing " : "")}{e.State} {e.Pid}"))}]";
}
