namespace DiffKeeper.Lifecycle.Ratios.Readers;

/// <param name="Records">How many were drained.</param>
/// <param name="Sum">Of the first eight bytes of each: what shows that it was looked at.</param>
internal readonly record struct DrainResult(int Records, ulong Sum);
