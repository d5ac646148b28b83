using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class ContainerEngineTests
{
    private const string Task = "/run/containerd/io.containerd.runtime.v2.task";
    private const string Storage = "/var/lib/containers/storage/overlay-containers";

    [TestCase($"runc --root /run/containerd/runc/k8s.io create --bundle {Task}/k8s.io/x x", null, "containerd-shim", "containerd", "k8s.io")]
    [TestCase($"runc --root /run/containerd/runc/default create --bundle {Task}/default/x x", null, "containerd-shim", "containerd", "default")]
    [TestCase("runc --root /run/containerd/runc/k8s.io create --bundle /tmp/x/state/io.containerd.runtime.v2.task/ns1/x x", null, "", "containerd", "ns1")]
    [TestCase($"runc --root /run/containerd/runc/k8s.io --log {Task}/k8s.io/x/log.json start x", null, "", "containerd", "k8s.io")]
    [TestCase("runc --root /run/containerd/runc/k8s.io start x", null, "", "containerd", "k8s.io")]
    [TestCase("runc kill x 9", null, "containerd-shim", "containerd", null)]
    [TestCase($"runc --root /var/run/docker/runtime-runc/moby create --bundle {Task}/moby/x x", null, "containerd-shim", "dockerd", "moby")]
    [TestCase($"runc --root /var/run/docker/runtime-runc/moby-165536.165536 create --bundle {Task}/moby-165536.165536/x x", null, "", "dockerd", "moby-165536.165536")]
    [TestCase($"runc --root /srv/exec/runtime-runc/custom create --bundle {Task}/custom/x x", null, "", "dockerd", "custom")]
    [TestCase("runc --root /srv/exec/runtime-runc/moby kill x 9", null, "", "dockerd", "moby")]
    [TestCase($"crun --root /odd create --bundle {Task}/moby/x x", null, "", "dockerd", "moby")]
    [TestCase($"runc --root /odd create --bundle {Task}/plugins.moby/x x", null, "", "dockerd", "plugins.moby")]
    [TestCase("runc run --bundle /var/lib/docker/buildkit/executor/x x", null, "dockerd", "dockerd", null)]
    [TestCase($"crun --root=/run/crun create --bundle {Storage}/x/userdata x", "cri-o", "conmon", "cri-o", null)]
    [TestCase($"crun create --bundle {Storage}/x/userdata x", "libpod", "conmon", "podman", null)]
    [TestCase($"crun create --bundle {Storage}/x/userdata x", null, "conmon", "podman", null)]
    [TestCase($"crun --root=/run/crun create --bundle {Storage}/x/userdata x", null, "conmon", "cri-o", null)]
    [TestCase("crun --root /run/crun kill x 15", null, "crio", "cri-o", null)]
    [TestCase("crun start x", null, "podman", "podman", null)]
    [TestCase("crun --root=/run/crun exec --process /p x", null, "conmon", "cri-o", null)]
    [TestCase("/usr/local/bin/crun run -b /srv/b x", null, "bash", "crun", null)]
    [TestCase("runc run x", null, "", "runc", null)]
    [TestCase("runc --root /srv/runtime/state run x", null, "bash", "runc", null)]
    public void The_engine_is_told_by_its_directories_and_then_by_the_parent(
        string words, string? manager, string parentComm, string engine, string? @namespace)
    {
        var line = RuntimeCommandLine.Parse(Fixture.ArgvFromWords(words));

        Assert.That(ContainerEngine.Resolve(line, manager, Encoding.UTF8.GetBytes(parentComm)), Is.EqualTo(new ContainerEngine(engine, @namespace)));
    }
}
