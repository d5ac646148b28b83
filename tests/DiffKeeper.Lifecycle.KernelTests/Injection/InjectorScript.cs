namespace DiffKeeper.Lifecycle.KernelTests.Injection;

/// <summary>An injector that keeps what it is told, in a directory where it may be executed: nobody else may write there, so that it can't be one for temporary files.</summary>
internal sealed class InjectorScript : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _directory = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), $".diffkeeper-test-{Guid.NewGuid():N}");

    /// <param name="then">What it does when it has written everything down, in the words of the shell; <c>$here</c> is its directory.</param>
    public InjectorScript(string then = "")
    {
        Directory.CreateDirectory(File("runs"), Private);
        System.IO.File.WriteAllText(Command, $"""
            #!/bin/sh
            here={_directory}
            run=$DIFFKEEPER_INJECTION
            printf '%s\0' "$#" "$1" > "$here/$run"
            cat /proc/$$/environ >> "$here/$run"
            mv "$here/$run" "$here/runs/$run"
            {then}
            """);
        System.IO.File.SetUnixFileMode(Command, Private);
    }

    public string Command => File("inject.sh");

    public string File(string name) => Path.Combine(_directory, name);

    /// <summary>Every run so far.</summary>
    public IReadOnlyList<InjectorRun> Runs() =>
        [.. Directory.EnumerateFiles(File("runs")).Select(file => InjectorRun.Parse(System.IO.File.ReadAllText(file)))];

    public IReadOnlyList<InjectorRun> RunsFor(string containerId) => [.. Runs().Where(run => run.Argument == containerId)];

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
