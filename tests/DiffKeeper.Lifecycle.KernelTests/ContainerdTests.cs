using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[RequireKernel("containerd", "ctr", "runc", "busybox")]
public sealed class ContainerdTests : ContainerLifecycleTests
{
    private protected override async Task<IContainerEngine> EngineAsync() => await SharedEngines.ContainerdAsync();

    [Test]
    public async Task A_container_of_a_pod_is_told_of_with_the_pod_s_namespace_and_not_with_containerd_s()
    {
        ContainerdEngine kubernetes = await SharedEngines.KubernetesAsync();
        FinishedContainer container = await kubernetes.RunAsync(ContainerSpec.Exiting(0) with { Annotations = PodAnnotations.InNamespace("shop") });

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.Namespace), Is.EqualTo(new[] { "shop", "shop", "shop", "shop" }), container.Output);
    }
}
