using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class DockerContainerConfigTests
{
    private static readonly TestCaseData[] Recorded = [.. Fixture.Rows("docker/expected.tsv").Select(row => new TestCaseData([row]).SetArgDisplayNames(row[0]))];

    private const string Labels =
        """
        "io.kubernetes.pod.namespace":"shop","io.kubernetes.pod.name":"cart-0","io.kubernetes.pod.uid":"1-2","io.kubernetes.sandbox.id":"box"
        """;

    private static DockerContainerConfig? Read(string name, string labels) => DockerContainerConfig.Read(
        Encoding.UTF8.GetBytes($$$"""{"ID":"own","Name":"{{{name}}}","Image":"sha256:0","Config":{"Image":"nginx","Labels":{{{labels}}}}}"""), out _);

    [TestCaseSource(nameof(Recorded))]
    public void Every_recorded_container_of_Docker_has_its_name_and_image(string[] row)
    {
        var config = DockerContainerConfig.Read(Fixture.Bytes($"docker/{row[0]}"), out DocumentRejection rejection);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rejection, Is.EqualTo(DocumentRejection.None));
            Assert.That(config, Is.EqualTo(new DockerContainerConfig { Id = row[1], Name = row[2], Image = row[3] }));
        }
    }

    [Test]
    public void A_container_of_the_kubelets_is_known_by_name_and_labels() =>
        Assert.That(Read("/k8s_web_cart-0_shop_1-2_0", $"{{{Labels}}}")?.Pod, Is.EqualTo(new PodIdentity
        {
            Namespace = "shop",
            PodName = "cart-0",
            PodUid = "1-2",
            ContainerName = "web",
            SandboxId = "box",
        }));

    [Test]
    public void A_sandbox_of_the_kubelets_is_its_own_sandbox() =>
        Assert.That(Read("/k8s_POD_cart-0_shop_1-2_0", $"{{{Labels}}}")?.Pod, Is.EqualTo(new PodIdentity
        {
            Namespace = "shop",
            PodName = "cart-0",
            PodUid = "1-2",
            IsSandbox = true,
            SandboxId = "own",
        }));

    [TestCase("/web", $"{{{Labels}}}")]
    [TestCase("/k8s_web_cart-0_kube-system_1-2_0", $"{{{Labels}}}")]
    [TestCase("/k8s_web_other_shop_1-2_0", $"{{{Labels}}}")]
    [TestCase("/k8s_web_cart-0_shop_3-4_0", $"{{{Labels}}}")]
    [TestCase("/k8s_web_cart-0_shop_1-2_0", "{}")]
    [TestCase("/k8s_web_cart-0_shop_1-2_0", "null")]
    public void Labels_that_an_image_could_have_brought_make_no_pod(string name, string labels) => Assert.That(Read(name, labels)?.Pod, Is.Null);

    [TestCase("", nameof(DocumentRejection.Empty))]
    [TestCase("{\"Name\":", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"Name\":{}}", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"Name\":\"/a\",\"Name\":\"/b\"}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"Config\":{},\"Config\":{}}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"Config\":{\"Labels\":{},\"Labels\":{}}}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"Name\":\"/a\\nb\"}", nameof(DocumentRejection.InvalidText))]
    public void A_document_that_cannot_be_used_says_why(string json, string rejection)
    {
        var config = DockerContainerConfig.Read(Encoding.UTF8.GetBytes(json), out DocumentRejection actual);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(config, Is.Null);
            Assert.That(actual.ToString(), Is.EqualTo(rejection));
        }
    }
}
