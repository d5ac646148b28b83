namespace DiffKeeper.Cli.Bootstrap;

/// <summary>Finds a program as a shell does: a name with a slash is a path, any other is looked up in <c>PATH</c>, and nowhere else.</summary>
internal static class ExecutableSearch
{
    private const UnixFileMode ExecutableBySomebody = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <returns>The absolute path.</returns>
    /// <exception cref="BootstrapException">There is none, or none that can be executed.</exception>
    public static string Find(string name)
    {
        bool isPath = name.Contains('/');
        string[] files = [.. Candidates(name, isPath).Where(Path.Exists)];
        if (files is [])
            throw BootstrapException.NotFound(name, isPath ? "" : " in any directory of PATH");

        return Array.Find(files, IsExecutable)
            ?? throw BootstrapException.NotExecutable(name, Directory.Exists(files[0]) ? "it is a directory" : "its mode lets nobody, 'chmod +x' does");
    }

    private static IEnumerable<string> Candidates(string name, bool isPath) => isPath
        ? [Path.GetFullPath(name)]
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.GetFullPath(Path.Combine(directory, name)));

    private static bool IsExecutable(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & ExecutableBySomebody) != 0;
}
