namespace DiffKeeper.Lifecycle.Containers;

/// <summary>A <see cref="ContainerKey"/> whose ID isn't a string yet.</summary>
internal readonly ref struct ContainerKeyView(string root, ReadOnlySpan<char> id)
{
    public string Root { get; } = root;

    public ReadOnlySpan<char> Id { get; } = id;
}
