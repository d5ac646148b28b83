using System.Globalization;

namespace DiffKeeper.Lifecycle.Ratios.Readers;

/// <summary>What one reader answered about one full ring.</summary>
/// <param name="NanosecondsPerRecord">How long it took.</param>
/// <param name="AllocatedBytes">On the managed heap; 0 where the reader has none, or doesn't say.</param>
internal readonly record struct Drain(double NanosecondsPerRecord, long AllocatedBytes)
{
    /// <param name="answer"><c>RECORDS SUM NANOSECONDS [ALLOCATED]</c>.</param>
    /// <param name="first">The number of the first record that the ring held.</param>
    /// <param name="count">How many it held.</param>
    public static Drain Parse(string answer, long first, int count)
    {
        long[] fields = [.. answer.Split(' ').Select(static field => long.Parse(field, CultureInfo.InvariantCulture))];
        long sum = (first * count) + ((long)count * (count - 1) / 2);
        if (fields[0] != count || fields[1] != sum)
            throw new InvalidOperationException($"A reader saw {fields[0]} records that add up to {fields[1]}, and there were {count} with {sum}.");

        return new Drain((double)fields[2] / count, fields.ElementAtOrDefault(3));
    }
}
