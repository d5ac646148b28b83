namespace DiffKeeper.Lifecycle.Ratios.Figures;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 50);

    /// <summary>The value that so many percent of all do not exceed.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Max((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0)];
    }
}
