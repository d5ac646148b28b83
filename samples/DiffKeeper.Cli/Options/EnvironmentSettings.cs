namespace DiffKeeper.Cli.Options;

/// <summary>The variables that stand in for options which are not given. An empty one is as good as none.</summary>
internal static class EnvironmentSettings
{
    public const string Tracing = "DIFFKEEPER_EBPF_LIFECYCLE_TRACING";
    public const string Buffer = "DIFFKEEPER_EBPF_LIFECYCLE_BUFFER";
    public const string AutoInject = "DIFFKEEPER_EBPF_AUTO_INJECT";
    public const string InjectorCommand = "DIFFKEEPER_EBPF_INJECTOR_CMD";

    public static string? Text(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <exception cref="UsageException">The value is not written so.</exception>
    public static T? Read<T>(string variable, Notation<T> notation)
        where T : struct => Text(variable) is { } value
            ? notation.Read(value) ?? throw new UsageException($"The variable {variable} is '{value}': {notation.Rule}.")
            : null;
}
