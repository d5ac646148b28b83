using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;

namespace DiffKeeper.Nodes.Cri;

/// <summary>The pods of a node: in its own network, which needs no plugin, and below the slices that a kubelet makes of them.</summary>
internal static class Pod
{
    public static PodSandboxConfig Describe(string @namespace, string name, string uid) => new()
    {
        Metadata = new PodSandboxMetadata { Namespace = @namespace, Name = name, Uid = uid },
        Linux = new LinuxPodSandboxConfig
        {
            CgroupParent = $"kubepods-burstable-pod{uid.Replace('-', '_')}.slice",
            SecurityContext = new LinuxSandboxSecurityContext
            {
                NamespaceOptions = new NamespaceOption { Network = NamespaceMode.Node, Pid = NamespaceMode.Container },
            },
        },
    };
}
