namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>A directory for injectors: in the user's home, since an injector has to be where nobody else may write, and so not in a directory for everybody's temporary files.</summary>
internal sealed class SafeDirectory : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public SafeDirectory() => Directory.CreateDirectory(Path, Private);

    public string Path { get; } = System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), $".diffkeeper-test-{Guid.NewGuid():N}");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a script for the system's shell, of which <c>$here</c> is this directory, and returns its path.</summary>
    public string Script(string body, UnixFileMode mode = Private)
    {
        string path = File("inject.sh");
        System.IO.File.WriteAllText(path, $"#!/bin/sh\nhere={Path}\n{body}\n");
        System.IO.File.SetUnixFileMode(path, mode);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
