namespace DiffKeeper.Lifecycle.Containers;

/// <summary>One execution of an OCI runtime for a container, of which more is to come.</summary>
/// <param name="Verb"><see cref="RuntimeVerb.Create"/>, <see cref="RuntimeVerb.Run"/>, <see cref="RuntimeVerb.Exec"/> or <see cref="RuntimeVerb.Delete"/>.</param>
/// <param name="Container">The container that it makes, enters or removes.</param>
internal readonly record struct Invocation(RuntimeVerb Verb, Container Container)
{
    /// <summary>Whether the container's entrypoint may come of it.</summary>
    public bool Creates => Verb is RuntimeVerb.Create or RuntimeVerb.Run;
}
