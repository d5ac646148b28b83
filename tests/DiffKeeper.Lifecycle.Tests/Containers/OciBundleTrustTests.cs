using System.Text;
using System.Text.Json.Nodes;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>What a pod's author can write into a bundle's annotations, and what it must not achieve.</summary>
internal sealed class OciBundleTrustTests
{
    private const string CriOSandbox = "bundles/crio-crio-crun-pod-sandbox.json";
    private const string CriOContainer = "bundles/crio-crio-crun-pod-web.json";
    private const string ContainerdContainer = "bundles/sid-cri-container-slice.json";
    private const string ContainerdSandbox = "bundles/sid-cri-sandbox-slice.json";

    private static readonly (string Key, string Value)[] ForgedContainerd =
    [
        ("io.kubernetes.cri.container-type", "container"),
        ("io.kubernetes.cri.container-name", "forged"),
        ("io.kubernetes.cri.image-name", "forged"),
        ("io.kubernetes.cri.sandbox-namespace", "kube-system"),
        ("io.kubernetes.cri.sandbox-name", "forged"),
        ("io.kubernetes.cri.sandbox-uid", "forged"),
        ("io.kubernetes.cri.sandbox-id", "forged"),
    ];

    private static readonly (string Key, string Value)[] ForgedCriO =
    [
        ("io.container.manager", "cri-o"),
        ("io.kubernetes.pod.namespace", "kube-system"),
        ("io.kubernetes.pod.name", "forged"),
        ("io.kubernetes.pod.uid", "forged"),
        ("io.kubernetes.container.name", "POD"),
        ("io.kubernetes.cri-o.SandboxID", "forged"),
        ("io.kubernetes.cri-o.ImageName", "forged"),
        ("spoofed.crio.io", "true"),
    ];

    private static BundleIdentity? Read(string file, BundleLayout layout, params (string Key, string Value)[] annotations)
    {
        JsonNode config = JsonNode.Parse(Fixture.Bytes(file))!;
        config["annotations"] ??= new JsonObject();
        foreach ((string key, string value) in annotations)
            config["annotations"]![key] = value;
        return OciBundle.Read(Encoding.UTF8.GetBytes(config.ToJsonString()), layout, out _);
    }

    [TestCase(CriOSandbox)]
    [TestCase(CriOContainer)]
    public void A_pod_of_CRI_O_cannot_pass_for_one_of_containerd(string file) =>
        Assert.That(Read(file, BundleLayout.ContainersStorage, ForgedContainerd), Is.EqualTo(Read(file, BundleLayout.ContainersStorage)));

    [TestCase(ContainerdContainer)]
    [TestCase(ContainerdSandbox)]
    public void A_pod_of_containerd_cannot_pass_for_one_of_CRI_O(string file) =>
        Assert.That(Read(file, BundleLayout.ContainerdCri, ForgedCriO), Is.EqualTo(Read(file, BundleLayout.ContainerdCri)));

    [TestCase("io.container.manager", "libpod")]
    [TestCase("io.kubernetes.cri-o.ContainerType", "container")]
    [TestCase("io.kubernetes.cri-o.SandboxID", "forged")]
    [TestCase("io.kubernetes.cri-o.ImageName", "forged")]
    [TestCase("io.kubernetes.cri-o.Namespace", "kube-system")]
    public void What_CRI_O_lets_a_pod_overwrite_in_its_sandbox_changes_nothing(string key, string value) =>
        Assert.That(Read(CriOSandbox, BundleLayout.ContainersStorage, (key, value)), Is.EqualTo(Read(CriOSandbox, BundleLayout.ContainersStorage)));

    [TestCase("io.container.manager")]
    [TestCase("io.kubernetes.cri-o.SandboxID")]
    [TestCase("io.kubernetes.cri.sandbox-namespace")]
    public void A_value_that_is_not_believed_cannot_spoil_the_others(string key) =>
        Assert.That(
            Read(CriOSandbox, BundleLayout.ContainersStorage, (key, new string('x', DocumentLimits.MaxValueBytes + 1))),
            Is.EqualTo(Read(CriOSandbox, BundleLayout.ContainersStorage)));

    [Test]
    public void The_container_name_of_a_sandbox_is_not_containerds_word() =>
        Assert.That(
            Read(ContainerdSandbox, BundleLayout.ContainerdCri, ("io.kubernetes.cri.container-name", "web"), ("io.kubernetes.cri.image-name", "forged")),
            Is.EqualTo(Read(ContainerdSandbox, BundleLayout.ContainerdCri)));

    [Test]
    public void Only_a_sandbox_can_be_spoofed() =>
        Assert.That(Read(CriOContainer, BundleLayout.ContainersStorage, ("spoofed.crio.io", "true"))?.IsSpoofed, Is.False);

    [Test]
    public void Annotations_make_no_pod_of_a_container_of_Podmans() =>
        Assert.That(Read("bundles/sid-podman-crun.json", BundleLayout.ContainersStorage, [.. ForgedContainerd, .. ForgedCriO])?.Pod, Is.Null);

    [TestCase("bundles/sid-docker-run.json", BundleLayout.Containerd)]
    [TestCase("bundles/sid-ctr-run.json", BundleLayout.Containerd)]
    [TestCase("bundles/sid-bare-crun.json", BundleLayout.Bare)]
    public void Who_creates_a_container_without_Kubernetes_may_say_which_pod_it_belongs_to(string file, object layout)
    {
        PodIdentity? containerds = Read(file, (BundleLayout)layout, ("io.kubernetes.cri.sandbox-namespace", "shop"))?.Pod;
        PodIdentity? kubelets = Read(file, (BundleLayout)layout, ("io.kubernetes.pod.namespace", "shop"), ("io.kubernetes.pod.name", "cart-0"))?.Pod;

        Assert.That(containerds, Is.EqualTo(new PodIdentity { Namespace = "shop" }));
        Assert.That(kubelets, Is.EqualTo(new PodIdentity { Namespace = "shop", PodName = "cart-0" }));
    }

    [TestCase("libpod")]
    [TestCase("cri-o")]
    public void Without_a_cgroup_of_its_own_a_container_is_its_annotations_managers(string manager)
    {
        string json = $$$"""{"annotations":{"io.container.manager":"{{{manager}}}"}}""";

        Assert.That(OciBundle.Read(Encoding.UTF8.GetBytes(json), BundleLayout.ContainersStorage, out _)?.Manager, Is.EqualTo(manager));
    }

    [TestCase("/kubepods/burstable/pod1-2/crio-" + Fixture.Id, "cri-o")]
    [TestCase("/libpod_parent/libpod-" + Fixture.Id, "libpod")]
    [TestCase("machine.slice:libpod:" + Fixture.Id, "libpod")]
    public void The_cgroups_path_outweighs_the_annotation(string cgroupsPath, string manager)
    {
        string json = $$$"""{"annotations":{"io.container.manager":"other"},"linux":{"cgroupsPath":"{{{cgroupsPath}}}"}}""";

        Assert.That(OciBundle.Read(Encoding.UTF8.GetBytes(json), BundleLayout.ContainersStorage, out _)?.Manager, Is.EqualTo(manager));
    }
}
