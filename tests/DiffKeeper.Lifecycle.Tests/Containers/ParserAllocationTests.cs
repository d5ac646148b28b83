using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class ParserAllocationTests
{
    [Test]
    public void Views_of_argv_and_paths_allocate_nothing()
    {
        byte[] runtime = Fixture.ArgvFromWords($"runc --root /run/containerd/runc/k8s.io --unknown 5 create -db /run/x --bundle /b --pid-file /p {Fixture.Id}");
        byte[] monitor = Fixture.ArgvFromWords($"conmon --api-version 1 -c {Fixture.Id} -n name -b /b -r /usr/bin/crun --runtime-arg --root=/run/crun");
        byte[] shim = Fixture.ArgvFromWords($"containerd-shim-runc-v2 -namespace k8s.io -id {Fixture.Id} -address /a start");
        byte[] cgroup = Encoding.UTF8.GetBytes($"4:memory:/docker/{Fixture.Id}\n0::/kubepods/burstable/pod1-2/{Fixture.Id}\n");
        byte[] bundle = Encoding.UTF8.GetBytes($"/run/containerd/io.containerd.runtime.v2.task/k8s.io/{Fixture.Id}");

        int Parse() =>
            RuntimeCommandLine.Parse(runtime).ContainerId.Length
            + ConmonCommandLine.Parse(monitor).ContainerId.Length
            + ShimCommandLine.Parse(shim).ContainerId.Length
            + CgroupPath.ParseProcFile(cgroup).ContainerId.Length
            + BundlePath.Parse(bundle).ContainerId.Length;

        int found = Parse();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            found += Parse();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(found, Is.EqualTo(101 * 5 * 64));
        }
    }
}
