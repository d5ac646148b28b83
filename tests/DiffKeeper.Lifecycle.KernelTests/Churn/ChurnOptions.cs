using System.Globalization;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>How much churn, and which. <c>eng/churn.sh</c> sets the variables.</summary>
internal static class ChurnOptions
{
    private static readonly int[] FixedSeeds = [1, 2];

    public static IEnumerable<int> Seeds => Read("DIFFKEEPER_CHURN_SEED") is { } seed ? [seed] : FixedSeeds;

    /// <summary>How many containers are made at least.</summary>
    public static int Containers => Read("DIFFKEEPER_CHURN_CONTAINERS") ?? 300;

    /// <summary>How many containers or pods are there at a time.</summary>
    public static int Parallel => Read("DIFFKEEPER_CHURN_PARALLEL") ?? 8;

    /// <summary>A file for the figures and the differences; <see langword="null"/> for none.</summary>
    public static string? Report => Environment.GetEnvironmentVariable("DIFFKEEPER_CHURN_REPORT");

    private static int? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
