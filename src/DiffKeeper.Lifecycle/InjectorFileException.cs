namespace DiffKeeper.Lifecycle;

/// <summary>An injector's program can't be executed, or not safely: somebody else could change what runs with this process's rights.</summary>
public sealed class InjectorFileException : LifecycleException
{
    internal InjectorFileException(string path, string message)
        : base(message)
        => Path = path;

    /// <summary>The program's file, as it was configured.</summary>
    public string Path { get; }
}
