using DiffKeeper.Lifecycle.KernelTests.Engines;
using k8s;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>The base, as kustomize itself builds it.</summary>
[TestFixture]
public sealed class KustomizeTests
{
    [Test]
    public async Task Kustomize_builds_the_base_and_names_the_injector_by_its_content()
    {
        // Not every distribution that the other tests run on has it.
        Assume.That(Programs.Find("kubectl"), Is.Not.Null, "kubectl is not installed.");

        IKubernetesObject<V1ObjectMeta>[] built = [.. Manifests.Parse(await Tool.RunAsync("kubectl", "kustomize", Manifests.Base))];

        V1PodSpec pod = built.OfType<V1DaemonSet>().Single().Spec.Template.Spec;
        string injector = built.OfType<V1ConfigMap>().Single().Metadata.Name;
        Assert.That(injector, Does.Match("^diffkeeper-injector-[a-z0-9]+$"));
        Assert.That(pod.Volumes.Single(volume => volume.ConfigMap is not null).ConfigMap.Name, Is.EqualTo(injector));
        Assert.That(pod.Containers.Single().Image, Is.EqualTo(Manifests.ReadDaemonSet().Spec.Template.Spec.Containers.Single().Image));
        Assert.That(built.Where(item => item is not (V1Namespace or V1PriorityClass)).Select(item => item.Metadata.NamespaceProperty), Has.All.EqualTo("diffkeeper"));
    }
}
