namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The command line of an OCI runtime (<c>runc [global options] verb [options] ID [arguments]</c>), as views of its argv.</summary>
/// <remarks>What isn't there is empty. Nothing is allocated.</remarks>
internal readonly ref partial struct RuntimeCommandLine
{
    /// <summary>The file name in argv[0]: <c>runc</c>, <c>crun</c>.</summary>
    public ReadOnlySpan<byte> RuntimeName { get; private init; }

    public RuntimeVerb Verb { get; private init; }

    /// <summary>
    /// A valid ID (<see cref="Containers.ContainerId.IsValid"/>), or empty: then <see cref="Rejection"/> says why, unless the verb takes
    /// none.
    /// </summary>
    public ReadOnlySpan<byte> ContainerId { get; private init; }

    /// <summary>The bundle as given. Empty means the runtime's working directory, unless <see cref="IsTruncated"/>: then it isn't known.</summary>
    public ReadOnlySpan<byte> Bundle { get; private init; }

    /// <summary>The runtime's state directory as given.</summary>
    public ReadOnlySpan<byte> Root { get; private init; }

    public ReadOnlySpan<byte> Log { get; private init; }

    public ReadOnlySpan<byte> PidFile { get; private init; }

    /// <summary>Whether the end of the argv is missing, and with it perhaps options.</summary>
    public bool IsTruncated { get; private init; }

    public CommandLineRejection Rejection { get; private init; }
}
