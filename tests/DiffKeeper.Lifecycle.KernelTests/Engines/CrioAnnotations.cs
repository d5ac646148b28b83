namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>What CRI-O 1.37 writes into the bundles of a pod, as far as it says who is who.</summary>
internal static class CrioAnnotations
{
    private const string PauseImage = "registry.k8s.io/pause:3.10";
    private const string SandboxContainer = "POD";

    public static Dictionary<string, string> OfSandbox(CrioPod pod, bool hasInfraContainer)
    {
        Dictionary<string, string> annotations = Of(pod, pod.SandboxId, SandboxContainer, PauseImage, "sandbox");
        if (!hasInfraContainer)
            annotations["spoofed.crio.io"] = "true";
        return annotations;
    }

    public static Dictionary<string, string> OfContainer(CrioPod pod, string id, string name) => Of(pod, id, name, BusyboxImage.Name, "container");

    private static Dictionary<string, string> Of(CrioPod pod, string id, string name, string image, string type) => new()
    {
        ["io.container.manager"] = "cri-o",
        ["io.kubernetes.container.name"] = name,
        ["io.kubernetes.cri-o.ContainerID"] = id,
        ["io.kubernetes.cri-o.ContainerType"] = type,
        ["io.kubernetes.cri-o.Image"] = image,
        ["io.kubernetes.cri-o.ImageName"] = image,
        ["io.kubernetes.cri-o.Name"] = pod.NameOf(name),
        ["io.kubernetes.cri-o.SandboxID"] = pod.SandboxId,
        ["io.kubernetes.cri-o.SandboxName"] = $"k8s_{pod.Name}_{pod.Namespace}_{pod.Uid}_0",
        ["io.kubernetes.pod.name"] = pod.Name,
        ["io.kubernetes.pod.namespace"] = pod.Namespace,
        ["io.kubernetes.pod.uid"] = pod.Uid,
        ["kubernetes.io/config.source"] = "api",
    };
}
