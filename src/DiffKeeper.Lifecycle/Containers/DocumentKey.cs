namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The values of the engines' documents that identity is made of.</summary>
internal enum DocumentKey
{
    None = -1,

    // A bundle's config.json.
    CgroupsPath,
    Manager,
    CriNamespace,
    CriPodName,
    CriPodUid,
    CriContainerName,
    CriContainerType,
    CriSandboxId,
    CriImage,
    ContainerName,
    CriOSandboxId,
    CriOImage,
    CriOSpoofed,

    // The kubelet's, in CRI-O's bundles and among Docker's labels.
    PodNamespace,
    PodName,
    PodUid,

    // Docker's config.v2.json.
    DockerId,
    DockerName,
    DockerImage,
    DockerSandboxId,

    // Podman's description of a container.
    PodmanId,
    PodmanName,
    PodmanImage,

    Count,
}
