using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>Runs the pod of a DaemonSet as the kubelet does: asks the engine for exactly what the manifest says.</summary>
/// <param name="engine">What runs the pod.</param>
/// <param name="directory">The kubelet's own; the node's directories that the pod mounts are below it, too.</param>
internal sealed class Kubelet(CriEngine engine, string directory)
{
    // securitycontext.defaultMaskedPaths and defaultReadonlyPaths (k8s.io/kubernetes/pkg/securitycontext).
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug",
        "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
    ];

    private static readonly string[] ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>Where a directory of the node is that the pod mounts.</summary>
    public string HostPath(string path) => $"{directory}/host{path}";

    public async Task<AgentPod> RunAsync(V1DaemonSet daemonSet, IReadOnlyDictionary<string, IReadOnlyList<string>> configMaps)
    {
        V1PodSpec pod = daemonSet.Spec.Template.Spec;
        V1Container container = pod.Containers.Single();
        string uid = Guid.NewGuid().ToString();
        string podDirectory = $"{directory}/pods/{uid}";
        IReadOnlyList<string> sources = await new PodVolumes(engine, pod, podDirectory, HostPath(""), configMaps).MakeAsync(container);
        PodSandboxConfig sandbox = Describe(daemonSet, pod, uid, podDirectory);
        string sandboxId = await engine.RunPodAsync(sandbox);
        string id = await engine.CreateAsync(sandboxId, sandbox, Describe(container, sandbox, sources));
        await engine.StartAsync(id);
        return new AgentPod(engine, sandboxId, id, container, podDirectory);
    }

    private static PodSandboxConfig Describe(V1DaemonSet daemonSet, V1PodSpec pod, string uid, string podDirectory) => new()
    {
        Metadata = new PodSandboxMetadata { Namespace = "diffkeeper", Name = $"{daemonSet.Metadata.Name}-{uid[..5]}", Uid = uid },
        Hostname = daemonSet.Metadata.Name,
        LogDirectory = podDirectory,
        Linux = new LinuxPodSandboxConfig
        {
            CgroupParent = CriEngine.CgroupParentOf(uid),
            SecurityContext = new LinuxSandboxSecurityContext
            {
                NamespaceOptions = new NamespaceOption
                {
                    Network = pod.HostNetwork == true ? NamespaceMode.Node : NamespaceMode.Pod,
                    Pid = pod.HostPID == true ? NamespaceMode.Node : NamespaceMode.Container,
                },
                Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault },
            },
        },
    };

    private static ContainerConfig Describe(V1Container container, PodSandboxConfig sandbox, IReadOnlyList<string> sources) => new()
    {
        Metadata = new ContainerMetadata { Name = container.Name },
        Image = new ImageSpec { Image = container.Image },
        Args = { container.Args },
        LogPath = AgentPod.LogFile,
        Mounts = { container.VolumeMounts.Zip(sources, Describe) },
        Linux = new LinuxContainerConfig
        {
            Resources = new LinuxContainerResources { MemoryLimitInBytes = container.Resources.Limits["memory"].ToInt64() },
            SecurityContext = Describe(container.SecurityContext, sandbox.Linux.SecurityContext.NamespaceOptions),
        },
    };

    private static Mount Describe(V1VolumeMount mount, string source) => new()
    {
        ContainerPath = mount.MountPath,
        HostPath = source,
        Readonly = mount.ReadOnlyProperty == true,
        Propagation = mount.MountPropagation == "HostToContainer" ? MountPropagation.PropagationHostToContainer : MountPropagation.PropagationPrivate,
    };

    private static LinuxContainerSecurityContext Describe(V1SecurityContext context, NamespaceOption namespaces) => new()
    {
        Capabilities = new Capability { AddCapabilities = { context.Capabilities.Add }, DropCapabilities = { context.Capabilities.Drop } },
        Privileged = context.Privileged == true,
        NamespaceOptions = namespaces,
        RunAsUser = new Int64Value { Value = context.RunAsUser ?? 0 },
        RunAsGroup = new Int64Value { Value = context.RunAsGroup ?? 0 },
        ReadonlyRootfs = context.ReadOnlyRootFilesystem == true,
        NoNewPrivs = context.AllowPrivilegeEscalation == false,
        MaskedPaths = { MaskedPaths },
        ReadonlyPaths = { ReadonlyPaths },
        Seccomp = Profile(context.SeccompProfile.Type),
    };

    private static SecurityProfile Profile(string type) => new() { ProfileType = Enum.Parse<SecurityProfile.Types.ProfileType>(type) };
}
