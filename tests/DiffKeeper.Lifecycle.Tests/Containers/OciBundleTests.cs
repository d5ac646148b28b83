using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class OciBundleTests
{
    private static DocumentRejection Rejection(byte[] json, BundleLayout layout = BundleLayout.ContainerdCri)
    {
        BundleIdentity? identity = OciBundle.Read(json, layout, out DocumentRejection rejection);
        Assert.That(identity is null, Is.EqualTo(rejection != DocumentRejection.None));
        return rejection;
    }

    private static byte[] Cri(string annotations) => Encoding.UTF8.GetBytes(
        "{\"annotations\":{\"io.kubernetes.cri.container-type\":\"container\",\"io.kubernetes.cri.sandbox-namespace\":\"shop\"," + annotations + "}}");

    [TestCase("", nameof(DocumentRejection.Empty))]
    [TestCase(" ", nameof(DocumentRejection.Malformed))]
    [TestCase("null", nameof(DocumentRejection.Malformed))]
    [TestCase("[]", nameof(DocumentRejection.Malformed))]
    [TestCase("{", nameof(DocumentRejection.Malformed))]
    [TestCase("{}{}", nameof(DocumentRejection.Malformed))]
    [TestCase("{} trailing", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"annotations\":[]}", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"linux\":\"x\"}", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"linux\":{\"cgroupsPath\":7}}", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"linux\":{\"cgroupsPath\":{\"a\":[1]}}}", nameof(DocumentRejection.Malformed))]
    [TestCase("{\"annotations\":{},\"annotations\":{}}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"annotations\":null,\"annotations\":{}}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"linux\":{\"cgroupsPath\":\"/a\",\"cgroupsPath\":\"/a\"}}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"linux\":{\"cgroupsPath\":\"/a\",\"cgroups\\u0050ath\":\"/b\"}}", nameof(DocumentRejection.DuplicateKey))]
    [TestCase("{\"linux\":{\"cgroupsPath\":\"a\\u0000b\"}}", nameof(DocumentRejection.InvalidText))]
    [TestCase("{\"linux\":{\"cgroupsPath\":\"\\ud800\"}}", nameof(DocumentRejection.InvalidText))]
    [TestCase("{}", nameof(DocumentRejection.None))]
    [TestCase("{\"annotations\":null,\"linux\":null}", nameof(DocumentRejection.None))]
    [TestCase("{\"\\ud800\":1,\"annotations\":{\"\\ud800\":\"x\"}}", nameof(DocumentRejection.None))]
    public void A_document_that_cannot_be_used_says_why(string json, string rejection) =>
        Assert.That(Rejection(Encoding.UTF8.GetBytes(json)).ToString(), Is.EqualTo(rejection));

    [Test]
    public void Text_that_is_not_UTF_8_is_refused_where_it_matters()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rejection([.. "{\"linux\":{\"cgroupsPath\":\""u8, 0xff, 0xfe, .. "\"}}"u8]), Is.EqualTo(DocumentRejection.InvalidText));
            Assert.That(Rejection([.. "{\"hostname\":\""u8, 0xff, 0xfe, .. "\"}"u8]), Is.EqualTo(DocumentRejection.None));
            Assert.That(Rejection([0xff, 0xfe, 0x7b, 0x00]), Is.EqualTo(DocumentRejection.Malformed));
        }
    }

    [Test]
    public void A_document_as_long_as_the_limit_is_read_and_a_longer_one_is_not()
    {
        byte[] json = Enumerable.Repeat((byte)' ', DocumentLimits.MaxBytes + 1).ToArray();
        "{}"u8.CopyTo(json);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rejection(json[..DocumentLimits.MaxBytes]), Is.EqualTo(DocumentRejection.None));
            Assert.That(Rejection(json), Is.EqualTo(DocumentRejection.TooLarge));
        }
    }

    [TestCase(DocumentLimits.MaxDepth - 1, nameof(DocumentRejection.None))]
    [TestCase(DocumentLimits.MaxDepth, nameof(DocumentRejection.Malformed))]
    [TestCase(1_000_000, nameof(DocumentRejection.Malformed))]
    public void A_document_is_read_down_to_the_limit_of_depth(int arrays, string rejection)
    {
        string json = "{\"deep\":" + new string('[', arrays) + new string(']', arrays) + "}";

        Assert.That(Rejection(Encoding.UTF8.GetBytes(json)).ToString(), Is.EqualTo(rejection));
    }

    [TestCase(DocumentLimits.MaxValueBytes, nameof(DocumentRejection.None))]
    [TestCase(DocumentLimits.MaxValueBytes + 1, nameof(DocumentRejection.ValueTooLong))]
    public void A_name_longer_than_the_limit_is_refused(int length, string rejection) =>
        Assert.That(Rejection(Cri($"\"io.kubernetes.cri.sandbox-name\":\"{new string('a', length)}\"")).ToString(), Is.EqualTo(rejection));

    [Test]
    public void A_key_that_matters_standing_twice_makes_no_identity() =>
        Assert.That(
            Rejection(Cri("\"io.kubernetes.cri.sandbox-name\":\"a\",\"io.kubernetes.cri.sandbox-name\":\"a\"")),
            Is.EqualTo(DocumentRejection.DuplicateKey));

    [Test]
    public void An_engine_that_writes_no_uid_leaves_it_open()
    {
        BundleIdentity? identity = OciBundle.Read(Cri("\"io.kubernetes.cri.sandbox-name\":\"cart-0\""), BundleLayout.ContainerdCri, out _);

        Assert.That(identity?.Pod, Is.EqualTo(new PodIdentity { Namespace = "shop", PodName = "cart-0" }));
    }

    [TestCase("\"io.kubernetes.cri.sandbox-name\":\"\"")]
    [TestCase("\"io.kubernetes.cri.sandbox-name\":null")]
    [TestCase("\"io.kubernetes.cri.sandbox-id\":\"abc\"")]
    public void A_pod_without_a_name_still_has_its_namespace(string annotation)
    {
        BundleIdentity? identity = OciBundle.Read(Cri(annotation), BundleLayout.ContainerdCri, out _);

        Assert.That((identity?.Pod?.Namespace, identity?.Pod?.PodName), Is.EqualTo(("shop", (string?)null)));
    }

    [Test]
    public void Without_a_namespace_there_is_no_pod()
    {
        byte[] json = """{"annotations":{"io.kubernetes.cri.container-type":"container","io.kubernetes.cri.sandbox-name":"cart-0"}}"""u8.ToArray();

        Assert.That(OciBundle.Read(json, BundleLayout.ContainerdCri, out _), Has.Property(nameof(BundleIdentity.Pod)).Null);
    }
}
