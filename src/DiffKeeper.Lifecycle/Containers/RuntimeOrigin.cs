namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Where an OCI runtime was executed.</summary>
internal enum RuntimeOrigin
{
    Host = 0,
    Container,
}
