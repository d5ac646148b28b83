using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Reads identity from a bundle's <c>config.json</c>, and decides which of its annotations is believed.</summary>
/// <remarks>
/// <para>
/// A pod's author writes annotations and labels, and some engines copy them into the same map as their own. So the keys are chosen by where
/// the bundle lies, which the OCI runtime's argv says, and never by the annotations themselves:
/// </para>
/// <para>
/// containerd's CRI copies a pod's annotations only where the node's configuration lists them, and writes its own
/// <c>io.kubernetes.cri.*</c> after them (its CRI server, 1.6 to 2.4): these are its word, the others aren't read.
/// </para>
/// <para>
/// What lies elsewhere, or came by another client of containerd's, no pod's author has a hand in: every annotation was put there by who may
/// create containers on the node, which is as much as to be its root. So both families of keys are believed.
/// </para>
/// <para>
/// CRI-O copies all of a pod's annotations. In a container's bundle they come first and CRI-O's keys and the kubelet's labels overwrite
/// them. In a sandbox's they come, with the pod's labels, after most of CRI-O's keys (server/sandbox_run_linux.go, 1.24 to 1.37):
/// <c>io.container.manager</c> and <c>io.kubernetes.cri-o.*</c> may be forged there, the kubelet's <c>io.kubernetes.pod.*</c> and CRI-O's
/// <c>io.kubernetes.container.name</c>, <c>POD</c>, may not. Hence the manager is read from <c>linux.cgroupsPath</c>.
/// </para>
/// </remarks>
internal static class OciBundle
{
    // io.kubernetes.cri.container-type
    private const string Sandbox = "sandbox";
    private const string Container = "container";

    /// <summary>Reads a <c>config.json</c> within <see cref="DocumentLimits"/>.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="layout">Where the bundle lies: <see cref="BundlePath.Layout"/> of its path.</param>
    /// <param name="rejection">Why there is no identity.</param>
    /// <returns><see langword="null"/> where the file can't be used. A file that says nothing gives an identity with nothing in it.</returns>
    public static BundleIdentity? Read(ReadOnlySpan<byte> json, BundleLayout layout, out DocumentRejection rejection)
    {
        var values = BundleDocument.Read(json);
        BundleIdentity identity = Judge(values, layout);
        rejection = values.Rejection;
        return rejection == DocumentRejection.None ? identity : null;
    }

    private static BundleIdentity Judge(DocumentValues values, BundleLayout layout)
    {
        string? cgroupsPath = values.Take(DocumentKey.CgroupsPath);
        switch (layout)
        {
            case BundleLayout.ContainerdCri:
                return values.Take(DocumentKey.CriContainerType) is Sandbox or Container
                    ? FromContainerd(values, cgroupsPath)
                    : new BundleIdentity { CgroupsPath = cgroupsPath };
            case BundleLayout.ContainersStorage:
                string? manager = Manager(values, cgroupsPath);
                return manager == BundleIdentity.CriOManager
                    ? FromKubelet(values, cgroupsPath, manager)
                    : new BundleIdentity { Manager = manager, CgroupsPath = cgroupsPath };
            default:
                return FromContainerd(values, cgroupsPath) is { Pod: not null } pods ? pods : FromKubelet(values, cgroupsPath, manager: null);
        }
    }

    private static BundleIdentity FromContainerd(DocumentValues values, string? cgroupsPath)
    {
        bool isSandbox = values.Take(DocumentKey.CriContainerType) == Sandbox;
        return new BundleIdentity
        {
            CgroupsPath = cgroupsPath,
            Image = isSandbox ? null : values.Take(DocumentKey.CriImage),
            Pod = Pod(values.Take(DocumentKey.CriNamespace), values.Take(DocumentKey.CriPodName)) is not { } pod ? null : pod with
            {
                PodUid = values.Take(DocumentKey.CriPodUid),
                ContainerName = isSandbox ? null : values.Take(DocumentKey.CriContainerName),
                IsSandbox = isSandbox,
                SandboxId = values.Take(DocumentKey.CriSandboxId),
            },
        };
    }

    private static BundleIdentity FromKubelet(DocumentValues values, string? cgroupsPath, string? manager)
    {
        string? containerName = values.Take(DocumentKey.ContainerName);
        bool isSandbox = containerName == KubernetesName.SandboxContainer;
        return new BundleIdentity
        {
            Manager = manager,
            CgroupsPath = cgroupsPath,
            Image = isSandbox ? null : values.Take(DocumentKey.CriOImage),
            IsSpoofed = isSandbox && values.Take(DocumentKey.CriOSpoofed) == "true",
            Pod = Pod(values.Take(DocumentKey.PodNamespace), values.Take(DocumentKey.PodName)) is not { } pod ? null : pod with
            {
                PodUid = values.Take(DocumentKey.PodUid),
                ContainerName = isSandbox ? null : containerName,
                IsSandbox = isSandbox,
                SandboxId = isSandbox ? IdIn(cgroupsPath) : values.Take(DocumentKey.CriOSandboxId),
            },
        };
    }

    private static PodIdentity? Pod(string? @namespace, string? name) =>
        @namespace is null ? null : new PodIdentity { Namespace = @namespace, PodName = name };

    // Only a container without a cgroup of its own (podman --cgroups=disabled) leaves the question to the annotation. CRI-O has none such.
    private static string? Manager(DocumentValues values, string? cgroupsPath) => EngineIn(cgroupsPath) switch
    {
        EngineName.CriO => BundleIdentity.CriOManager,
        EngineName.Podman => BundleIdentity.PodmanManager,
        _ => values.Take(DocumentKey.Manager) switch
        {
            BundleIdentity.CriOManager => BundleIdentity.CriOManager,
            BundleIdentity.PodmanManager => BundleIdentity.PodmanManager,
            _ => null,
        },
    };

    private static string? EngineIn(string? cgroupsPath) =>
        cgroupsPath is null ? null : CgroupPath.Parse(Encoding.UTF8.GetBytes(cgroupsPath)).Engine;

    private static string? IdIn(string? cgroupsPath) =>
        cgroupsPath is null ? null : ContainerId.ToStringOrNull(CgroupPath.Parse(Encoding.UTF8.GetBytes(cgroupsPath)).ContainerId);
}
