using System.Globalization;

namespace DiffKeeper.Lifecycle.Ratios.Figures;

/// <summary>One figure that is measured and held against a bound.</summary>
/// <param name="Name">As it is printed, and as it is asked for.</param>
/// <param name="Meaning">What it says, for the reader of the table.</param>
/// <param name="Bound">On which side of <paramref name="Limit"/> it has to be; on it is fine.</param>
/// <param name="Limit">In the figure's unit.</param>
/// <param name="Unit">Written behind the number; empty for a ratio or a count.</param>
internal sealed record Figure(string Name, string Meaning, Bound Bound, double Limit, string Unit = "")
{
    public string LimitText => (Bound == Bound.AtMost ? "<=" : ">=") + Text(Limit);

    public bool Holds(double value) => Bound == Bound.AtMost ? value <= Limit : value >= Limit;

    /// <summary>Three significant digits, more where the number is larger.</summary>
    public string Text(double value) => Number(value) + Unit;

    private static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.1 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.00#", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
