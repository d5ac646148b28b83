namespace DiffKeeper.Cli.Options;

/// <summary>How a value is written, on the command line as in a variable.</summary>
/// <param name="Rule">What is expected, as the end of a sentence.</param>
/// <param name="Read">Returns <see langword="null"/> for what is not written so.</param>
internal sealed record Notation<T>(string Rule, Func<string, T?> Read)
    where T : struct;
