namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>What containerd's Kubernetes service writes into the bundle of a pod's container (internal/cri/annotations).</summary>
internal static class PodAnnotations
{
    public static IReadOnlyDictionary<string, string> InNamespace(string kubernetesNamespace) => new Dictionary<string, string>
    {
        ["io.kubernetes.cri.container-type"] = "container",
        ["io.kubernetes.cri.container-name"] = "checkout",
        ["io.kubernetes.cri.image-name"] = BusyboxImage.Name,
        ["io.kubernetes.cri.sandbox-id"] = Identifier.Next(),
        ["io.kubernetes.cri.sandbox-name"] = "checkout-7d9f",
        ["io.kubernetes.cri.sandbox-namespace"] = kubernetesNamespace,
        ["io.kubernetes.cri.sandbox-uid"] = Guid.NewGuid().ToString(),
    };
}
