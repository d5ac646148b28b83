namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Whose directory a bundle lies in, which decides what of its annotations is believed.</summary>
internal enum BundleLayout
{
    /// <summary>Nobody's known: a bare OCI runtime's, or BuildKit's.</summary>
    Bare = 0,

    /// <summary>containerd's, in the namespace of its Kubernetes service.</summary>
    ContainerdCri,

    /// <summary>containerd's, for any other client: ctr, nerdctl, Docker.</summary>
    Containerd,

    /// <summary>That of containers/storage, which CRI-O and Podman share.</summary>
    ContainersStorage,
}
