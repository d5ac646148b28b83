namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>An injector that writes down how it is called.</summary>
internal sealed class RecordingInjector : IDisposable
{
    private const UnixFileMode ByRootOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="directory">Must not be there yet. In a temporary directory, which is everybody's, no injector is trusted.</param>
    public RecordingInjector(string? directory = null)
    {
        Directory = directory ?? $"/run/diffkeeper-injector-{Guid.NewGuid():N}";
        System.IO.Directory.CreateDirectory(Directory, ByRootOnly);
        File.WriteAllText(Command, $"""
            #!/bin/sh
            run={Directory}/$DIFFKEEPER_INJECTION
            printf '%s\0' "$@" >"$run.arguments"
            cat /proc/self/environ >"$run.environment"
            mv "$run.environment" "$run.run"
            while [ -e {HoldFile} ]; do sleep 0.05; done
            """);
        File.SetUnixFileMode(Command, ByRootOnly);
    }

    public string Directory { get; }

    public string Command => Path.Combine(Directory, "inject.sh");

    /// <summary>Those that have begun.</summary>
    public IReadOnlyList<InjectorRun> Runs =>
        [.. System.IO.Directory.EnumerateFiles(Directory, "*.run").Select(file => InjectorRun.Parse(File.ReadAllText(Path.ChangeExtension(file, "arguments")), File.ReadAllText(file)))];

    private string HoldFile => Path.Combine(Directory, "hold");

    /// <summary>From now on whatever begins goes on until it is let go.</summary>
    public void Hold() => File.WriteAllBytes(HoldFile, []);

    public void LetGo() => File.Delete(HoldFile);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
