namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>What a test wants run, in words that every engine understands.</summary>
internal sealed record ContainerSpec(params IReadOnlyList<string> Command)
{
    /// <summary>For an engine that names its containers; <see langword="null"/> leaves it to the engine.</summary>
    public string? Name { get; init; }

    /// <summary>In bytes; <see langword="null"/> for no limit.</summary>
    public long? MemoryLimit { get; init; }

    public bool HostPidNamespace { get; init; }

    /// <summary>A process whose pid namespace a bare runtime's container is to share; <see langword="null"/> for one of its own.</summary>
    public int? PidNamespaceOf { get; init; }

    /// <summary>Where a bare runtime is to make the cgroup; <see langword="null"/> leaves it to the runtime.</summary>
    public string? CgroupPath { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>A container that stays until it is killed.</summary>
    public static ContainerSpec Lasting { get; } = new("sleep", "1000");

    /// <summary>A container that ends at once.</summary>
    public static ContainerSpec Shortest { get; } = new("true");

    /// <summary>A container whose init process asks for more memory than it may have.</summary>
    public static ContainerSpec OutOfMemory { get; } = new("tail", "/dev/zero") { MemoryLimit = 16 << 20 };

    public static ContainerSpec Exiting(int exitCode) => new("sh", "-c", $"exit {exitCode}");

    /// <summary>A container that stays until it is sent SIGTERM.</summary>
    public static ContainerSpec ExitingOnTerminate(int exitCode) => new("sh", "-c", $"trap 'exit {exitCode}' TERM; sleep 1000 & wait");
}
