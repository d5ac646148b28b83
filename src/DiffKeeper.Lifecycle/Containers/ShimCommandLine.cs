namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// The command line of containerd's shim (<c>containerd-shim-runc-v2 -namespace NS -id ID -address A [start|delete]</c>), as views of its
/// argv.
/// </summary>
/// <remarks>
/// What isn't there is empty. The options are those of pkg/shim/shim.go in containerd 1.6 to 2.4. A pod has one shim, whose ID is the
/// sandbox's. Nothing is allocated.
/// </remarks>
internal readonly ref struct ShimCommandLine
{
    /// <summary>containerd's namespace: <c>k8s.io</c>, <c>moby</c>, <c>default</c>.</summary>
    public ReadOnlySpan<byte> Namespace { get; private init; }

    /// <summary>A valid ID, or empty: missing, cut or refused.</summary>
    public ReadOnlySpan<byte> ContainerId { get; private init; }

    public ReadOnlySpan<byte> Address { get; private init; }

    /// <summary>Given with <see cref="ShimAction.Delete"/> only; else the shim's working directory.</summary>
    public ReadOnlySpan<byte> Bundle { get; private init; }

    public ShimAction Action { get; private init; }

    public bool IsTruncated { get; private init; }

    /// <inheritdoc cref="RuntimeCommandLine.Parse"/>
    public static ShimCommandLine Parse(ReadOnlySpan<byte> argv, bool truncated = false)
    {
        ReadOnlySpan<byte> @namespace = default, id = default, address = default, bundle = default;
        var action = ShimAction.Serve;
        var reader = new ArgvReader(argv, truncated);
        reader.TryRead(out _);

        Span<char> buffer = stackalloc char[OptionArgument.MaxNameLength];
        while (reader.TryRead(out ReadOnlySpan<byte> argument))
        {
            if (!OptionArgument.LooksLikeOption(argument))
            {
                action = argument.SequenceEqual("start"u8) ? ShimAction.Start
                    : argument.SequenceEqual("delete"u8) ? ShimAction.Delete
                    : ShimAction.Other;
                break;
            }

            OptionArgument option = OptionArgument.Parse(argument);
            ReadOnlySpan<char> key = option.CopyName(buffer);
            ReadOnlySpan<byte> value = option.Value;
            if (key is "debug" or "v" or "version" or "info" || (!option.HasValue && !reader.TryRead(out value)))
                continue;

            switch (key)
            {
                case "namespace":
                    @namespace = value;
                    break;
                case "id":
                    id = value;
                    break;
                case "address":
                    address = value;
                    break;
                case "bundle":
                    bundle = value;
                    break;
            }
        }

        return new ShimCommandLine
        {
            Namespace = @namespace,
            ContainerId = Containers.ContainerId.IsValid(id) ? id : default,
            Address = address,
            Bundle = bundle,
            Action = action,
            IsTruncated = reader.IsTruncated,
        };
    }
}
