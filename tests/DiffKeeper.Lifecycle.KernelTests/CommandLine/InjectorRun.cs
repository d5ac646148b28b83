namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>One run of a <see cref="RecordingInjector"/>.</summary>
/// <param name="Arguments">What it was given.</param>
/// <param name="Variables">Those of its environment that tell of the container, without the prefix, and without what is each run's own.</param>
internal sealed record InjectorRun(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Variables)
{
    private const string Prefix = "DIFFKEEPER_";
    private const string Marker = "INJECTION";

    public string ContainerId => Variables["CONTAINER_ID"];

    /// <param name="arguments">Each with a NUL behind it.</param>
    /// <param name="environment">As <c>/proc/PID/environ</c> has it.</param>
    public static InjectorRun Parse(string arguments, string environment) => new(
        arguments.Split('\0')[..^1],
        environment.Split('\0')
            .Where(variable => variable.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(variable => variable[Prefix.Length..].Split('=', 2))
            .Where(variable => variable[0] != Marker)
            .ToDictionary(variable => variable[0], variable => variable[1]));
}
