namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A pod of CRI-O's.</summary>
/// <param name="SandboxId">The ID of its sandbox.</param>
/// <param name="Namespace">Kubernetes'.</param>
/// <param name="Name">The pod's.</param>
/// <param name="Uid">Kubernetes' own name of it.</param>
internal sealed record CrioPod(string SandboxId, string Namespace, string Name, string Uid)
{
    /// <summary>The process of its infra container; <see langword="null"/> for a pod without one, as CRI-O makes them by itself.</summary>
    public int? InfraPid { get; init; }

    /// <summary>Where the kubelet wants its containers, without systemd.</summary>
    public string CgroupPath => $"/{CrioEngine.CgroupParent}/burstable/pod{Uid}";

    /// <summary>The name that CRI-O gives a container's monitor.</summary>
    public string NameOf(string container) => $"k8s_{container}_{Name}_{Namespace}_{Uid}_0";
}
