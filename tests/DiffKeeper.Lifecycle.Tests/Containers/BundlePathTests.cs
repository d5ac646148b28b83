using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class BundlePathTests
{
    [TestCase("/run/containerd/io.containerd.runtime.v2.task/k8s.io/abc", "ContainerdCri", "k8s.io", "abc")]
    [TestCase("/run/containerd/io.containerd.runtime.v2.task/k8s.io/abc/", "ContainerdCri", "k8s.io", "abc")]
    [TestCase("/run/containerd/io.containerd.runtime.v2.task/k8s.io/abc/log.json", "ContainerdCri", "k8s.io", "abc")]
    [TestCase("/run/containerd/io.containerd.runtime.v2.task/default/abc", "Containerd", "default", "abc")]
    [TestCase("/tmp/x/state/io.containerd.runtime.v2.task/moby/abc", "Containerd", "moby", "abc")]
    [TestCase("/run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/abc", "ContainerdCri", "k8s.io", "abc")]
    [TestCase("/run/containerd/io.containerd.runtime.v1.linux/moby/abc", "Containerd", "moby", "abc")]
    [TestCase("/var/lib/containers/storage/overlay-containers/abc/userdata", "ContainersStorage", "", "abc")]
    [TestCase("/var/lib/containers/storage/vfs-containers/abc/userdata", "ContainersStorage", "", "abc")]
    [TestCase("/var/lib/containers/storage/overlay-containers/abc/userdata/def", "ContainersStorage", "", "abc")]
    [TestCase("/home/u/.local/share/containers/storage/overlay-containers/abc/userdata", "ContainersStorage", "", "abc")]
    [TestCase("/var/lib/docker/buildkit/executor/abc", "Bare", "", "")]
    [TestCase("/srv/b", "Bare", "", "")]
    [TestCase("b", "Bare", "", "")]
    [TestCase("", "Bare", "", "")]
    [TestCase("/run/containerd/io.containerd.runtime.v2.task", "Bare", "", "")]
    [TestCase("/run/containerd/io.containerd.runtime.v2.task/k8s.io", "Bare", "", "")]
    [TestCase("/run/containerd/io.containerd.runtime.v2.task/k8s.io/-x", "Bare", "", "")]
    [TestCase("/overlay-containers/abc/other", "Bare", "", "")]
    public void The_layout_is_known_by_segments_wherever_it_lies(string path, string layout, string @namespace, string id)
    {
        var parsed = BundlePath.Parse(Encoding.UTF8.GetBytes(path));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.Layout.ToString(), Is.EqualTo(layout));
            Assert.That(Fixture.Text(parsed.Namespace), Is.EqualTo(@namespace));
            Assert.That(Fixture.Text(parsed.ContainerId), Is.EqualTo(id));
        }
    }
}
