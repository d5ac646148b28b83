namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>One thing in which the stream differs from the truth.</summary>
internal sealed record Difference(DifferenceKind Kind, string What)
{
    public override string ToString() => $"{Kind}: {What}";
}
