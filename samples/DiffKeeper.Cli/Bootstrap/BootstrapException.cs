namespace DiffKeeper.Cli.Bootstrap;

/// <summary>The program can't be run. Its exit code is the one that a shell would give.</summary>
internal sealed class BootstrapException : Exception
{
    private const int IsNotExecutable = 126;
    private const int IsNotFound = 127;

    private BootstrapException(int exitCode, string message)
        : base(message)
        => ExitCode = exitCode;

    public int ExitCode { get; }

    public static BootstrapException NotFound(string name, string where) => new(IsNotFound, $"The program '{name}' was not found{where}.");

    public static BootstrapException NotExecutable(string name, string reason) => new(IsNotExecutable, $"The program '{name}' cannot be executed: {reason}.");
}
