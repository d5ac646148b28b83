namespace DiffKeeper.Lifecycle.Ratios.Figures;

/// <summary>What came out.</summary>
/// <param name="Figure">Of which figure.</param>
/// <param name="Value">In the figure's unit; <see langword="null"/> where it could not be measured here.</param>
/// <param name="Basis">What the value was reckoned from; or why there is none.</param>
internal sealed record Measured(Figure Figure, double? Value, string Basis)
{
    public bool Holds => Value is { } value && Figure.Holds(value);

    public string ValueText => Value is { } value ? Figure.Text(value) : "-";

    public string Verdict => Value is null ? "unavailable" : Holds ? "holds" : "falls-short";
}
