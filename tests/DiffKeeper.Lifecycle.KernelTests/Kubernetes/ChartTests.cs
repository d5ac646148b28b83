using System.Xml.Linq;
using k8s;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>The chart and the base are two ways to the same pod.</summary>
[TestFixture]
[CancelAfter(120_000)]
[RequireKernel("go")]
public sealed class ChartTests
{
    [Test]
    public async Task The_chart_deploys_the_pod_of_the_base()
    {
        V1DaemonSet chart = Single<V1DaemonSet>(await RenderedChart.RenderAsync());
        V1DaemonSet theBase = Manifests.ReadDaemonSet();

        Assert.That(AsJson(chart.Spec.Template.Spec), Is.EqualTo(AsJson(theBase.Spec.Template.Spec)));
        Assert.That(theBase.Spec.Template.Metadata.Annotations, Is.SubsetOf(chart.Spec.Template.Metadata.Annotations));
        Assert.That(AsJson(chart.Spec.UpdateStrategy), Is.EqualTo(AsJson(theBase.Spec.UpdateStrategy)));
    }

    [Test]
    public async Task The_chart_and_the_base_agree_on_the_rest()
    {
        IReadOnlyList<IKubernetesObject<V1ObjectMeta>> chart = await RenderedChart.RenderAsync();
        IReadOnlyList<IKubernetesObject<V1ObjectMeta>> theBase = Manifests.ReadBase();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Single<V1PriorityClass>(chart).Value, Is.EqualTo(Single<V1PriorityClass>(theBase).Value));
            Assert.That(Single<V1ServiceAccount>(chart).AutomountServiceAccountToken, Is.False);
            Assert.That(Single<V1ServiceAccount>(theBase).AutomountServiceAccountToken, Is.False);
            Assert.That(Single<V1Namespace>(theBase).Metadata.Labels["pod-security.kubernetes.io/enforce"], Is.EqualTo("privileged"));
        }
    }

    [Test]
    public async Task The_injector_that_is_deployed_is_the_sample_that_the_documentation_shows()
    {
        string sample = await File.ReadAllTextAsync(Path.Combine(Manifests.Repository, "samples/injectors/note.sh"));
        V1ConfigMap chart = Single<V1ConfigMap>(await RenderedChart.RenderAsync());

        Assert.That(chart.Data["inject.sh"], Is.EqualTo(sample));
        Assert.That(await File.ReadAllTextAsync(Manifests.ReadConfigMaps()["diffkeeper-injector"].Single()), Is.EqualTo(sample));
    }

    [Test]
    public async Task The_image_s_tag_is_the_version()
    {
        string version = XDocument.Load(Path.Combine(Manifests.Repository, "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.That(ImageOf(Manifests.ReadDaemonSet()), Is.EqualTo($"localhost/diffkeeper:{version}"));
        Assert.That(ImageOf(Single<V1DaemonSet>(await RenderedChart.RenderAsync())), Is.EqualTo($"localhost/diffkeeper:{version}"));
    }

    [Test]
    public async Task Without_an_injector_the_pod_mounts_the_node_s_files_alone()
    {
        IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects = await RenderedChart.RenderAsync(new { injector = new { enabled = false } });

        V1PodSpec pod = Single<V1DaemonSet>(objects).Spec.Template.Spec;
        Assert.That(objects.OfType<V1ConfigMap>(), Is.Empty);
        Assert.That(pod.Volumes.Select(volume => volume.Name), Is.EqualTo(new[] { "host" }));
        Assert.That(pod.Containers[0].VolumeMounts.Select(mount => mount.Name), Is.EqualTo(new[] { "host" }));
        Assert.That(pod.Containers[0].Args, Has.None.StartsWith("--inj"));
    }

    [Test]
    public async Task Another_injector_is_another_pod()
    {
        const string Script = "#!/bin/sh\nexit 0\n";
        IReadOnlyList<IKubernetesObject<V1ObjectMeta>> changed = await RenderedChart.RenderAsync(new { injector = new { script = Script } });
        IDictionary<string, string> before = Single<V1DaemonSet>(await RenderedChart.RenderAsync()).Spec.Template.Metadata.Annotations;

        Assert.That(Single<V1ConfigMap>(changed).Data["inject.sh"], Is.EqualTo(Script));
        Assert.That(Single<V1DaemonSet>(changed).Spec.Template.Metadata.Annotations["diffkeeper/injector"], Is.Not.EqualTo(before["diffkeeper/injector"]));
    }

    [Test]
    public async Task A_port_of_one_s_own_is_the_one_that_is_scraped()
    {
        V1DaemonSet daemonSet = Single<V1DaemonSet>(await RenderedChart.RenderAsync(new { listen = new { port = 9999 } }));

        Assert.That(daemonSet.Spec.Template.Metadata.Annotations["prometheus.io/port"], Is.EqualTo("9999"));
        Assert.That(daemonSet.Spec.Template.Spec.Containers[0].Args, Does.Contain("--listen=0.0.0.0:9999"));
        Assert.That(daemonSet.Spec.Template.Spec.Containers[0].Ports.Single().ContainerPort, Is.EqualTo(9999));
    }

    private static string AsJson(object value) => KubernetesJson.Serialize(value);

    private static string ImageOf(V1DaemonSet daemonSet) => daemonSet.Spec.Template.Spec.Containers.Single().Image;

    private static T Single<T>(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects) => objects.OfType<T>().Single();
}
