namespace DiffKeeper.Lifecycle.KernelTests.Injection;

/// <summary>One run of an injector, as it wrote it down itself.</summary>
/// <param name="Argument">Its one argument.</param>
/// <param name="Variables">What it was told in its environment, without the marker, which is another one each time.</param>
internal sealed record InjectorRun(string Argument, IReadOnlyDictionary<string, string> Variables)
{
    public static InjectorRun Parse(string text)
    {
        string[] parts = text.Split('\0');
        Assert.That(parts[0], Is.EqualTo("1"), "the program gets one argument");
        IEnumerable<string[]> variables = parts[2..^1].Select(variable => variable.Split('=', 2));
        return new InjectorRun(
            parts[1],
            variables.Where(variable => variable[0].StartsWith("DIFFKEEPER_", StringComparison.Ordinal) && variable[0] != "DIFFKEEPER_INJECTION")
                .ToDictionary(variable => variable[0], variable => variable[1]));
    }
}
