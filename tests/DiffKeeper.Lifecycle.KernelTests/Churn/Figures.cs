namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>In how many ways the stream differs from the truth.</summary>
internal sealed record Figures(int Missing, int Doubled, int OutOfOrder, int WrongField, int Extra)
{
    public static Figures Count(IReadOnlyCollection<Difference> differences) => new(
        Of(DifferenceKind.Missing, differences),
        Of(DifferenceKind.Doubled, differences),
        Of(DifferenceKind.OutOfOrder, differences),
        Of(DifferenceKind.WrongField, differences),
        Of(DifferenceKind.Extra, differences));

    public override string ToString() =>
        $"missing {Missing}, doubled {Doubled}, out of order {OutOfOrder}, wrong field {WrongField}, extra {Extra}";

    private static int Of(DifferenceKind kind, IEnumerable<Difference> differences) => differences.Count(difference => difference.Kind == kind);
}
