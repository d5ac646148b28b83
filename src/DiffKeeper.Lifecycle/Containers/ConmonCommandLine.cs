namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The command line of conmon, the monitor that Podman and CRI-O put beside each container, as views of its argv.</summary>
/// <remarks>What isn't there is empty. Every option of conmon 2.1 and 2.2 (src/cli.c) that takes a value is known; nothing is allocated.</remarks>
internal readonly ref struct ConmonCommandLine
{
    /// <summary>A valid ID, or empty: then <see cref="Rejection"/> says why.</summary>
    public ReadOnlySpan<byte> ContainerId { get; private init; }

    /// <summary>Podman's name of the container; CRI-O's is of the form that <see cref="KubernetesName"/> reads.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    public ReadOnlySpan<byte> Bundle { get; private init; }

    /// <summary>The OCI runtime's executable.</summary>
    public ReadOnlySpan<byte> Runtime { get; private init; }

    /// <summary>The OCI runtime's state directory, where conmon is told to pass one on.</summary>
    public ReadOnlySpan<byte> RuntimeRoot { get; private init; }

    public ReadOnlySpan<byte> ContainerPidFile { get; private init; }

    /// <summary>Whether this conmon watches an exec session and not the container itself.</summary>
    public bool IsExec { get; private init; }

    public bool IsTruncated { get; private init; }

    public CommandLineRejection Rejection { get; private init; }

    /// <inheritdoc cref="RuntimeCommandLine.Parse"/>
    public static ConmonCommandLine Parse(ReadOnlySpan<byte> argv, bool truncated = false)
    {
        ReadOnlySpan<byte> id = default, name = default, bundle = default, runtime = default, root = default, pidFile = default;
        bool isExec = false, rootFollows = false;
        var reader = new ArgvReader(argv, truncated);
        reader.TryRead(out _);

        Span<char> buffer = stackalloc char[OptionArgument.MaxNameLength];
        while (reader.TryRead(out ReadOnlySpan<byte> argument) && !OptionArgument.IsTerminator(argument))
        {
            if (!OptionArgument.LooksLikeOption(argument))
                continue;

            OptionArgument option = OptionArgument.Parse(argument);
            ReadOnlySpan<char> key = option.CopyName(buffer);
            if (key is "exec" or "e")
                isExec = true;
            if (!TakesValue(key))
                continue;

            ReadOnlySpan<byte> value = option.Value;
            if (!option.HasValue && !reader.TryRead(out value))
                break;

            switch (key)
            {
                case "cid" or "c":
                    id = value;
                    break;
                case "name" or "n":
                    name = value;
                    break;
                case "bundle" or "b":
                    bundle = value;
                    break;
                case "runtime" or "r":
                    runtime = value;
                    break;
                case "container-pidfile" or "p":
                    pidFile = value;
                    break;
                case "runtime-arg":
                    root = rootFollows ? value : value.StartsWith("--root="u8) ? value["--root=".Length..] : root;
                    rootFollows = !rootFollows && value.SequenceEqual("--root"u8);
                    break;
            }
        }

        CommandLineRejection rejection = Reject(id, reader.IsTruncated);
        return new ConmonCommandLine
        {
            ContainerId = rejection == CommandLineRejection.None ? id : default,
            Name = name,
            Bundle = bundle,
            Runtime = runtime,
            RuntimeRoot = root,
            ContainerPidFile = pidFile,
            IsExec = isExec,
            IsTruncated = reader.IsTruncated,
            Rejection = rejection,
        };
    }

    private static CommandLineRejection Reject(ReadOnlySpan<byte> id, bool truncated)
    {
        if (id.IsEmpty)
            return truncated ? CommandLineRejection.Truncated : CommandLineRejection.MissingId;
        return Containers.ContainerId.IsValid(id) ? CommandLineRejection.None : CommandLineRejection.InvalidId;
    }

    // The name after --api-version looks like its value and isn't one: conmon ignores it as a positional argument.
    private static bool TakesValue(ReadOnlySpan<char> name) => name is
        "bundle" or "b" or "cid" or "c" or "conmon-pidfile" or "P" or "container-pidfile" or "p" or "pidfile" or "cuuid" or "u"
        or "exec-process-spec" or "exit-command" or "exit-command-arg" or "exit-delay" or "exit-dir"
        or "log-level" or "log-path" or "l" or "log-size-max" or "log-global-size-max" or "log-tag" or "log-label"
        or "log-max-files" or "log-allowlist-dir"
        or "name" or "n" or "persist-dir" or "0" or "restore" or "restore-arg" or "runtime" or "r" or "runtime-arg" or "runtime-opt"
        or "sdnotify-socket" or "seccomp-notify-socket" or "seccomp-notify-plugins" or "socket-dir-path" or "timeout" or "T";
}
