using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class KubernetesNameTests
{
    private static readonly PodIdentity Web = new() { Namespace = "shop", PodName = "cart-0", PodUid = "1-2", ContainerName = "web" };

    [TestCase("k8s_web_cart-0_shop_1-2_0")]
    [TestCase("k8s_web_cart-0_shop_1-2_17")]
    [TestCase("k8s_web_cart-0_shop_1-2_0_d3adb33f")]
    public void A_name_that_the_engine_made_tells_the_pod(string name) => Assert.That(KubernetesName.Parse(name), Is.EqualTo(Web));

    [Test]
    public void The_container_named_POD_is_the_sandbox() =>
        Assert.That(KubernetesName.Parse("k8s_POD_cart-0_shop_1-2_0"), Is.EqualTo(Web with { ContainerName = null, IsSandbox = true }));

    [TestCase("")]
    [TestCase("web")]
    [TestCase("k8s_web")]
    [TestCase("k8s_cart-0_shop_1-2_0")]
    [TestCase("k8s_web_cart-0__1-2_0")]
    [TestCase("k9s_web_cart-0_shop_1-2_0")]
    [TestCase("k8s_web_cart-0_shop_1-2_0_a_b")]
    [TestCase("k8s_web_cart-0_shop_1-2_0_a_b_c_d_e")]
    public void Any_other_name_tells_nothing(string name) => Assert.That(KubernetesName.Parse(name), Is.Null);
}
