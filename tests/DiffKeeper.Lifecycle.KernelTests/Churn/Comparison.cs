namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Holds a stream of events against what the engines say happened.</summary>
internal static class Comparison
{
    /// <param name="truth">Every container that was made.</param>
    /// <param name="events">Everything that was told, in the order in which it was.</param>
    /// <param name="directories">Where nothing but the containers of <paramref name="truth"/> has its bundle.</param>
    public static IReadOnlyList<Difference> Compare(
        IReadOnlyCollection<ContainerTruth> truth, IReadOnlyList<LifecycleEvent> events, IReadOnlyCollection<string> directories)
    {
        ILookup<string, LifecycleEvent> told = events.ToLookup(e => e.ContainerId);
        HashSet<string> known = [.. truth.Select(container => container.Id)];
        return
        [
            .. truth.SelectMany(container => Compare(container, [.. told[container.Id]])),
            .. events.Where(e => !known.Contains(e.ContainerId) && directories.Any(directory => IsBelow(directory, e.Bundle)))
                .Select(e => new Difference(DifferenceKind.Extra, $"nobody made this container: {e}")),
            .. events.Zip(events.Skip(1)).Where(pair => pair.Second.Sequence <= pair.First.Sequence)
                .Select(pair => new Difference(DifferenceKind.OutOfOrder, $"the number of {pair.Second} does not come after that of {pair.First}")),
        ];
    }

    private static IEnumerable<Difference> Compare(ContainerTruth container, IReadOnlyList<LifecycleEvent> told)
    {
        LifecycleState[] expected = [.. container.Lives.SelectMany(life => life.States)];
        LifecycleState[] states = [.. told.Select(e => e.State)];
        if (states.SequenceEqual(expected))
            return CompareLives(container, told);

        string what = $"{container}: expected {string.Join(' ', expected)}, told {string.Join(' ', states)}";
        Difference[] counts = [.. Enum.GetValues<LifecycleState>().SelectMany(state => CompareCounts(Count(expected, state), Count(states, state), what))];
        return counts.Length > 0 ? counts : [new Difference(DifferenceKind.OutOfOrder, what)];
    }

    private static IEnumerable<Difference> CompareCounts(int expected, int told, string what)
    {
        DifferenceKind surplus = expected == 0 ? DifferenceKind.Extra : DifferenceKind.Doubled;
        return Enumerable.Repeat(new Difference(told < expected ? DifferenceKind.Missing : surplus, what), Math.Abs(told - expected));
    }

    private static IEnumerable<Difference> CompareLives(ContainerTruth container, IReadOnlyList<LifecycleEvent> told)
    {
        IEnumerable<Difference> wrong = [];
        int next = 0;
        foreach (LifeTruth life in container.Lives)
        {
            int length = life.States.Count();
            wrong = wrong.Concat(new FieldComparison(container, life).Compare([.. told.Skip(next).Take(length)]));
            next += length;
        }

        return wrong.Concat(told.Zip(told.Skip(1)).Where(pair => pair.Second.Timestamp < pair.First.Timestamp)
            .Select(pair => new Difference(DifferenceKind.OutOfOrder, $"{container}: {pair.Second} was before {pair.First}")));
    }

    private static int Count(LifecycleState[] states, LifecycleState state) => states.Count(s => s == state);

    private static bool IsBelow(string directory, string? path) => path?.StartsWith(directory + '/', StringComparison.Ordinal) == true;
}
