using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class CgroupPathTests
{
    private const string A = Fixture.Id;
    private const string B = "b87c4b92d3b7139c73e6b8809703ae0ad79dbb7ab7d62e63a88e1e205f8cf770";
    private const string Uid = "11111111-2222-3333-4444-555555555555";
    private const string UnderscoredUid = "11111111_2222_3333_4444_555555555555";

    private static string Describe(CgroupPath path) =>
        (path.Depth == 0 ? "none" : path.IsMonitor ? "monitor" : "container")
        + $" {Fixture.Text(path.ContainerId).Replace(A, "A", StringComparison.Ordinal).Replace(B, "B", StringComparison.Ordinal)}"
        + $" {path.Engine ?? "-"} {path.PodUid ?? "-"}";

    [TestCase($"/system.slice/docker-{A}.scope", "container A dockerd -")]
    [TestCase($"/system.slice/docker-{A}.scope/container", "container A dockerd -")]
    [TestCase($"/docker/{A}", "container A dockerd -")]
    [TestCase($"/actions_job/{A}", "container A - -")]
    [TestCase($"/ecs/90f2bb33f0d74f1f8d3f4ee3f7e3a5d1/{A}", "container A - -")]
    [TestCase($"/system.slice/nerdctl-{A}.scope", "container A containerd -")]
    [TestCase($"/default/{A}", "container A containerd -")]
    [TestCase("/default/my-task", "container my-task containerd -")]
    [TestCase("/k8s.io/my-task", "container my-task containerd -")]
    [TestCase($"/{A}", "container A - -")]
    [TestCase($"/kubepods/pod{Uid}/{A}", $"container A - {Uid}")]
    [TestCase($"/kubepods/besteffort/pod{Uid}/{A}", $"container A - {Uid}")]
    [TestCase($"/kubelet/kubepods/burstable/pod{Uid}/{A}", $"container A - {Uid}")]
    [TestCase($"/kubepods/burstable/pod{Uid}/crio-{A}", $"container A cri-o {Uid}")]
    [TestCase($"/kubepods/burstable/pod{Uid}/cri-containerd-{A}", $"container A containerd {Uid}")]
    [TestCase("/kubepods/burstable/pod0dd4aa1a3b2d58d3d2e1ba2ac9af0bd0/" + A, "container A - 0dd4aa1a3b2d58d3d2e1ba2ac9af0bd0")]
    [TestCase($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UnderscoredUid}.slice/cri-containerd-{A}.scope", $"container A containerd {Uid}")]
    [TestCase($"/kubepods.slice/kubepods-pod{UnderscoredUid}.slice/docker-{A}.scope", $"container A dockerd {Uid}")]
    [TestCase($"/kubepods-burstable-pod{UnderscoredUid}.slice:cri-containerd:{A}", $"container A containerd {Uid}")]
    [TestCase($"/system.slice/containerd.service/kubepods-burstable-pod{UnderscoredUid}.slice:cri-containerd:{A}", $"container A containerd {Uid}")]
    [TestCase("/system.slice:docker:my-id", "container my-id dockerd -")]
    [TestCase($"/machine.slice/libpod-{A}.scope/container", "container A podman -")]
    [TestCase($"/machine.slice/machine-libpod_pod_{B}.slice/libpod-{A}.scope/container", "container A podman -")]
    [TestCase($"/libpod_parent/{B}/libpod-{A}", "container A podman -")]
    [TestCase($"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{A}.scope/container", "container A podman -")]
    [TestCase($"/system.slice/web.service/libpod-payload-{A}", "container A podman -")]
    public void A_container_is_recognised_by_its_cgroup(string path, string expected) =>
        Assert.That(Describe(CgroupPath.Parse(Encoding.UTF8.GetBytes(path))), Is.EqualTo(expected));

    [TestCase($"/system.slice/crio-conmon-{A}.scope", "monitor A cri-o -")]
    [TestCase($"/kubepods/burstable/pod{Uid}/crio-conmon-{A}", $"monitor A cri-o {Uid}")]
    [TestCase($"/machine.slice/libpod-conmon-{A}.scope", "monitor A podman -")]
    [TestCase("/libpod_parent/conmon", "monitor  podman -")]
    [TestCase($"/libpod_parent/{B}/conmon", "monitor  podman -")]
    public void The_cgroup_of_a_monitor_is_no_containers(string path, string expected) =>
        Assert.That(Describe(CgroupPath.Parse(Encoding.UTF8.GetBytes(path))), Is.EqualTo(expected));

    [TestCase($"/docker/{B}/docker/{A}", "container A dockerd -")]
    [TestCase($"/docker/{B}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod{UnderscoredUid}.slice/cri-containerd-{A}.scope", $"container A containerd {Uid}")]
    [TestCase($"/system.slice/docker-{B}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod{UnderscoredUid}.slice/cri-containerd-{A}.scope", $"container A containerd {Uid}")]
    [TestCase($"/docker/{B}/kubelet/kubepods/besteffort/pod{Uid}/{A}", $"container A - {Uid}")]
    [TestCase($"/kubepods/burstable/pod{Uid}/{B}/docker/{A}", "container A dockerd -")]
    [TestCase($"/system.slice/docker-{B}.scope/default/c1", "container c1 containerd -")]
    [TestCase($"/docker/{B}/libpod_parent/conmon", "monitor  podman -")]
    public void Nesting_resolves_to_the_innermost(string path, string expected)
    {
        var parsed = CgroupPath.Parse(Encoding.UTF8.GetBytes(path));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Describe(parsed), Is.EqualTo(expected));
            Assert.That(parsed.Depth, Is.EqualTo(2));
        }
    }

    [TestCase($"/libpod_parent/{B}/libpod-{A}")]
    [TestCase($"/my-parent/{B}/libpod-{A}")]
    [TestCase($"/my-parent/{B}/conmon")]
    [TestCase($"/machine.slice/machine-libpod_pod_{B}.slice/libpod-{A}.scope/container")]
    [TestCase($"/ecs/{Uid}/{A}")]
    public void A_pods_own_cgroup_does_not_count_as_an_outer_container(string path) =>
        Assert.That(CgroupPath.Parse(Encoding.UTF8.GetBytes(path)).Depth, Is.EqualTo(1));

    [TestCase($"/docker/{A}/init.scope")]
    [TestCase($"/system.slice/docker-{A}.scope/system.slice/sshd.service")]
    [TestCase($"/system.slice/docker-{A}.scope/user.slice/user-0.slice/session-1.scope")]
    public void A_service_within_a_container_belongs_to_the_container(string path) =>
        Assert.That(Describe(CgroupPath.Parse(Encoding.UTF8.GetBytes(path))), Is.EqualTo("container A dockerd -"));

    [TestCase("")]
    [TestCase("/")]
    [TestCase("/init.scope")]
    [TestCase("/system.slice/containerd.service")]
    [TestCase("/system.slice/docker.service")]
    [TestCase("/system.slice/docker.socket")]
    [TestCase("/user.slice/user-1000.slice/session-3.scope")]
    [TestCase("/user.slice/user-1000.slice/user@1000.service/app.slice/app-foo@default.service")]
    [TestCase("/system.slice/default/x")]
    [TestCase("/docker/my-name")]
    [TestCase("/my-container")]
    [TestCase("/system.slice/runc-b")]
    [TestCase("/system.slice/docker-5f23730df209.scope")]
    [TestCase($"/system.slice/evil-docker-{A}.scope")]
    [TestCase($"/system.slice/docker-{A}.service")]
    [TestCase($"/system.slice/var-lib-docker-overlay2-{A}-merged.mount")]
    [TestCase($"/system.slice/var-lib-containers-storage-overlay-{A}-merged.mount")]
    [TestCase($"/overlay2/{A}/merged")]
    [TestCase($"/system.slice/system.slice:other:{A}")]
    [TestCase("/system.slice:docker:../x")]
    [TestCase("/kubepods.slice")]
    [TestCase($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UnderscoredUid}.slice")]
    [TestCase($"/kubepods/burstable/pod{Uid}")]
    [TestCase($"/libpod_parent/{B}")]
    [TestCase($"/machine.slice/machine-libpod_pod_{B}.slice")]
    public void What_is_no_containers_cgroup_gives_none(string path) =>
        Assert.That(Describe(CgroupPath.Parse(Encoding.UTF8.GetBytes(path))), Is.EqualTo("none  - -"));

    [TestCase($"/kubepods/burstable/podé/{A}")]
    [TestCase($"/kubepods/burstable/pod/{A}")]
    [TestCase($"/elsewhere/pod{Uid}/{A}")]
    [TestCase($"/kubepods.slice/kubepods-pod{UnderscoredUid}.slice/app.slice/docker-{A}.scope")]
    public void Only_the_kubelets_directory_right_above_names_the_pod(string path)
    {
        var parsed = CgroupPath.Parse(Encoding.UTF8.GetBytes(path));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.IsContainer, Is.True);
            Assert.That(parsed.PodUid, Is.Null);
        }
    }

    [TestCase($"/docker/{A} (deleted)")]
    [TestCase($"/docker/{A}/")]
    [TestCase($"/../docker/{A}")]
    [TestCase($"/../../{A}")]
    public void A_path_as_proc_may_spell_it_is_read(string path) =>
        Assert.That(Fixture.Text(CgroupPath.Parse(Encoding.UTF8.GetBytes(path)).ContainerId), Is.EqualTo(A));

    [TestCase($"0::/docker/{A}\n", "A", TestName = "{m}(v2)")]
    [TestCase($"0::/docker/{A}", "A", TestName = "{m}(without the last newline)")]
    [TestCase($"5:pids:/docker/{A}\n1:name=systemd:/docker/{A}\n", "A", TestName = "{m}(v1)")]
    [TestCase($"12:cpu,cpuacct:/docker/{A}\n11:hugetlb:/\n1:name=systemd:/docker/{A}\n0::/system.slice/containerd.service\n", "A", TestName = "{m}(hybrid, v2 left at the shim)")]
    [TestCase($"3:memory:/\n2:pids:/system.slice:docker:{A}\n0::/\n", "A", TestName = "{m}(a path with colons)")]
    [TestCase($"4:memory:/docker/{B}/docker/{A}\n0::/docker/{B}\n", "A", TestName = "{m}(nested in v1 alone)")]
    [TestCase($"4:memory:/docker/{B}\n0::/docker/{B}/docker/{A}\n", "A", TestName = "{m}(nested in v2 alone)")]
    [TestCase("0::/user.slice\n", "", TestName = "{m}(no container)")]
    [TestCase("", "", TestName = "{m}(empty)")]
    [TestCase("no colons\n0:\n", "", TestName = "{m}(not a cgroup file)")]
    public void The_hierarchy_that_knows_most_is_chosen(string text, string id)
    {
        string found = Fixture.Text(CgroupPath.ParseProcFile(Encoding.UTF8.GetBytes(text)).ContainerId);

        Assert.That(found.Replace(A, "A", StringComparison.Ordinal), Is.EqualTo(id));
    }
}
