using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class RequestedCgroupTests
{
    [TestCase("/default/c1", "/default/c1")]
    [TestCase("/kubepods/burstable/pod1-2/abc", "/kubepods/burstable/pod1-2/abc")]
    [TestCase("system.slice:docker:abc", "/system.slice/docker-abc.scope")]
    [TestCase(":lab:c2", "/system.slice/lab-c2.scope")]
    [TestCase("-.slice:runc:c1", "/runc-c1.scope")]
    [TestCase("user.slice::c1", "/user.slice/c1.scope")]
    [TestCase(
        "kubepods-burstable-pod1_2.slice:cri-containerd:abc",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-abc.scope")]
    [TestCase("relative/c1", null)]
    [TestCase(null, null)]
    public void What_a_bundle_asks_for_is_a_path(string? cgroupsPath, string? path)
        => Assert.That(RequestedCgroup.ToPath(cgroupsPath), Is.EqualTo(path));
}
