using System.Diagnostics;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Tests.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>Containers that an injector makes are not to be injected in turn.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InjectorsContainersTests : IDisposable
{
    private readonly TrackerHarness _node = new();
    private readonly List<Process> _processes = [];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
    }

    [Test]
    public void A_runtime_that_an_injector_executes_makes_a_container_of_the_injector_s()
        => Assert.That(Create(runtime: Run(marker: "0c2f"), parent: Run(marker: null)).IsInjectors);

    [Test]
    public void A_runtime_that_has_gone_by_the_time_it_is_looked_at_is_known_by_its_parent()
        => Assert.That(Create(runtime: TrackerHarness.RuntimePid, parent: Run(marker: "0c2f")).IsInjectors);

    [Test]
    public void Every_other_runtime_makes_a_container_like_any()
    {
        Assert.That(Create(runtime: Run(marker: null), parent: Run(marker: "0c2f")).IsInjectors, Is.False);
        Assert.That(Create(runtime: TrackerHarness.RuntimePid, parent: Run(marker: null)).IsInjectors, Is.False);
    }

    [Test]
    public void A_container_can_not_hide_what_it_nests_behind_the_marker()
        => Assert.That(Create(runtime: Run(marker: "0c2f"), parent: 0, mountNamespace: 8).IsInjectors, Is.False);

    [TestCase("containerd-shim")]
    [TestCase("conmon")]
    public void An_engine_makes_containers_like_any_whoever_started_it(string monitor)
        => Assert.That(Create(runtime: Run(marker: "0c2f"), parent: 0, monitor).IsInjectors, Is.False);

    private Container Create(int runtime, int parent, string parentName = "sh", uint? mountNamespace = null)
    {
        _node.Execute(
            header => header with { Pid = runtime, ParentPid = parent, ParentName = RecordBuilder.Comm(parentName), MountNamespace = mountNamespace ?? header.MountNamespace, RootInode = mountNamespace is null ? header.RootInode : 8 },
            "runc", "create", "--bundle", $"/bundles/{_node.Lives.Count}", "c1");
        return _node.Lives[^1];
    }

    private int Run(string? marker)
    {
        var start = new ProcessStartInfo("sleep", ["1000"]);
        start.Environment["ABOVE"] = "DIFFKEEPER_INJECTION=not";
        if (marker is not null)
            start.Environment[InjectionMarker.Variable] = marker;
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process.Id;
    }
}
