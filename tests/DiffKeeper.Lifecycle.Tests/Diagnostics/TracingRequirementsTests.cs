namespace DiffKeeper.Lifecycle.Tests.Diagnostics;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TracingRequirementsTests : IDisposable
{
    private const int SysAdmin = 21;
    private const int Bpf = 39;
    private const int Perfmon = 38;
    private const int DacOverride = 1;
    private const int DacReadSearch = 2;
    private const int SysPtrace = 19;
    private const int SysResource = 24;

    private readonly FakeNode _node = new();

    public void Dispose() => _node.Dispose();

    [Test]
    public void Every_requirement_is_told_of_once_and_in_order()
        => Assert.That(_node.Check().Select(static result => result.Requirement), Is.EqualTo(Enum.GetValues<TracingRequirement>()));

    [Test]
    public void A_node_that_has_everything_lacks_nothing()
        => Assert.That(
            _node.Check().Select(static result => result.Status), Is.All.EqualTo(RequirementStatus.Met).Or.EqualTo(RequirementStatus.NotApplicable));

    [Test]
    public void What_is_missing_has_a_cure_and_what_is_there_has_none()
    {
        _node.Grant().Remove("/usr/bin/runc");

        Assert.That(
            _node.Check().Where(static result => result.Cure is not null),
            Is.EquivalentTo(_node.Check().Where(static result => result.Status is RequirementStatus.Missing or RequirementStatus.Degraded)).And.Exactly(5).Items);
    }

    [Test]
    public void Away_from_Linux_that_is_all_that_is_said()
    {
        IReadOnlyList<RequirementResult> results = _node.Check(isLinux: false);

        Assert.That(results[0], Is.EqualTo(RequirementResult.Missing(
            TracingRequirement.Platform, "Containers can only be traced on Linux, and this is osx-arm64", "run this on the Linux node whose containers you want to see")));
        Assert.That(results.Skip(1).Select(static result => result.Status), Is.All.EqualTo(RequirementStatus.NotApplicable).And.Exactly(16).Items);
    }

    [TestCase("5.8.0", RequirementStatus.Met)]
    [TestCase("6.18.44-fc-v445", RequirementStatus.Met)]
    [TestCase("10.0.1+deb14", RequirementStatus.Met)]
    [TestCase("5.4.0-216-generic", RequirementStatus.Degraded)]
    [TestCase("4.18.0-553.el8_10.x86_64", RequirementStatus.Degraded)]
    public void An_older_kernel_is_doubted_since_its_distribution_may_have_brought_ring_buffers_into_it(string release, RequirementStatus status)
        => AssertThat(_node.Write("/proc/sys/kernel/osrelease", release + "\n"), TracingRequirement.Kernel, status, release);

    [Test]
    public void A_user_namespace_of_its_own_is_refused_whatever_the_capabilities()
        => AssertThat(_node.Link("/proc/self/ns/user", "user:[4026532200]"), TracingRequirement.UserNamespace, RequirementStatus.Missing, "hostUsers");

    [Test]
    public void A_kernel_without_its_types_is_refused()
        => AssertThat(_node.Remove("/sys/kernel/btf/vmlinux"), TracingRequirement.Btf, RequirementStatus.Missing, "/sys/kernel/btf/vmlinux");

    [TestCase(TracingRequirement.CapBpf, new[] { Perfmon }, RequirementStatus.Missing, "lacks CAP_BPF")]
    [TestCase(TracingRequirement.CapPerfmon, new[] { Bpf }, RequirementStatus.Missing, "lacks CAP_PERFMON")]
    [TestCase(TracingRequirement.CapBpf, new[] { SysAdmin }, RequirementStatus.Met, "CAP_SYS_ADMIN stands for it")]
    [TestCase(TracingRequirement.CapPerfmon, new[] { SysAdmin }, RequirementStatus.Met, "CAP_SYS_ADMIN stands for it")]
    [TestCase(TracingRequirement.CapDacReadSearch, new[] { Bpf, Perfmon }, RequirementStatus.Degraded, "without pod, name and image")]
    [TestCase(TracingRequirement.CapDacReadSearch, new[] { DacReadSearch }, RequirementStatus.Met, "")]
    [TestCase(TracingRequirement.CapDacReadSearch, new[] { DacOverride }, RequirementStatus.Met, "CAP_DAC_OVERRIDE")]
    [TestCase(TracingRequirement.CapSysPtrace, new[] { Bpf, Perfmon }, RequirementStatus.Degraded, "can't be followed")]
    [TestCase(TracingRequirement.CapSysPtrace, new[] { SysPtrace }, RequirementStatus.Met, "")]
    [TestCase(TracingRequirement.CapSysResource, new[] { Bpf, Perfmon }, RequirementStatus.NotApplicable, "")]
    public void Each_capability_is_asked_for_by_name_and_says_what_it_is_for(TracingRequirement requirement, int[] capabilities, RequirementStatus status, string said)
        => AssertThat(_node.Grant(capabilities), requirement, status, said);

    [Test]
    public void Root_needs_no_capability_for_its_own_files()
        => AssertThat(_node.GrantTo(0), TracingRequirement.CapDacReadSearch, RequirementStatus.Met, "root");

    [TestCase(new[] { SysResource }, RequirementStatus.Met)]
    [TestCase(new[] { Bpf, Perfmon }, RequirementStatus.Degraded)]
    public void A_kernel_that_locks_maps_into_memory_asks_for_CAP_SYS_RESOURCE(int[] capabilities, RequirementStatus status)
        => AssertThat(_node.Grant(capabilities).Write("/proc/sys/kernel/osrelease", "5.10.0-28-amd64\n"), TracingRequirement.CapSysResource, status, "RLIMIT_MEMLOCK");

    [Test]
    public void A_pid_namespace_of_its_own_is_refused()
        => AssertThat(_node.Link("/proc/self/ns/pid", "pid:[4026532201]"), TracingRequirement.PidNamespace, RequirementStatus.Missing, "hostPID: true");

    [Test]
    public void The_nodes_proc_makes_up_for_a_pid_namespace_of_its_own()
        => AssertThat(
            _node.Link("/proc/self/ns/pid", "pid:[4026532201]").Write("/proc/2/comm", "kthreadd\n"), TracingRequirement.PidNamespace, RequirementStatus.Met, "");

    [Test]
    public void Where_something_is_missing_nothing_is_loaded()
    {
        _node.Grant().Loading(static _ => Assert.Fail("It was loaded."));

        AssertThat(_node, TracingRequirement.RingBuffer, RequirementStatus.NotApplicable, "CAP_BPF");
        AssertThat(_node, TracingRequirement.Programs, RequirementStatus.NotApplicable, "CAP_BPF");
    }

    [TestCase(TracingRequirement.NativeLibrary, RequirementStatus.Missing, RequirementStatus.NotApplicable, RequirementStatus.NotApplicable)]
    [TestCase(TracingRequirement.RingBuffer, RequirementStatus.Met, RequirementStatus.Missing, RequirementStatus.NotApplicable)]
    [TestCase(TracingRequirement.Programs, RequirementStatus.Met, RequirementStatus.NotApplicable, RequirementStatus.Missing)]
    public void What_loading_fails_for_is_missing_and_what_comes_after_it_is_not_known(
        TracingRequirement missing, RequirementStatus library, RequirementStatus ring, RequirementStatus programs)
    {
        var failure = new TracingUnavailableException(TracingUnavailableReason.ProgramRejected, RequirementResult.Missing(missing, "It isn't there", "put it there"));
        _node.Loading(_ => throw failure);

        Assert.That(
            _node.Check().Skip(7).Take(3).Select(static result => (result.Requirement, result.Status)),
            Is.EqualTo(new[] { (TracingRequirement.NativeLibrary, library), (TracingRequirement.RingBuffer, ring), (TracingRequirement.Programs, programs) }));
        Assert.That(_node.Check(missing), Is.SameAs(failure.Missing));
    }

    [Test]
    public void The_ring_is_of_the_size_that_was_asked_for()
    {
        int loaded = 0;
        _node.Loading(options => loaded = options.RingBufferBytes);

        Assert.That(_node.Check(TracingRequirement.RingBuffer, new LifecycleTracerOptions { RingBufferBytes = 65536 }).Explanation, Does.Contain("64 KiB"));
        Assert.That(loaded, Is.EqualTo(65536));
    }

    [Test]
    public void A_container_that_was_not_given_the_nodes_file_system_knows_less()
        => AssertThat(InContainer(), TracingRequirement.HostRoot, RequirementStatus.Degraded, "/host");

    [TestCase("/host")]
    [TestCase("/proc/1/root")]
    public void A_container_finds_the_nodes_file_system(string root)
        => AssertThat(InContainer().MakeDirectory(root + "/proc").MakeDirectory(root + "/run"), TracingRequirement.HostRoot, RequirementStatus.Met, root);

    [Test]
    public void A_host_root_that_is_none_is_told()
        => AssertThat(_node, TracingRequirement.HostRoot, RequirementStatus.Degraded, "/elsewhere", new LifecycleTracerOptions { HostRoot = "/elsewhere" });

    [Test]
    public void Without_the_nodes_processes_it_is_not_known_whose_root_this_is()
        => AssertThat(_node.Link("/proc/self/ns/pid", "pid:[4026532201]"), TracingRequirement.HostRoot, RequirementStatus.NotApplicable, "");

    [TestCase("31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", RequirementStatus.Met, "Version 2, at /sys/fs/cgroup")]
    [TestCase("39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw", RequirementStatus.Met, "hybrid")]
    [TestCase("39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids", RequirementStatus.Met, "Version 1, at /sys/fs/cgroup/pids")]
    [TestCase("39 31 0:36 /docker/1 /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids", RequirementStatus.Degraded, "/sys/fs/cgroup")]
    public void The_layout_of_the_cgroups_is_told(string mounts, RequirementStatus status, string said)
        => AssertThat(_node.Write("/proc/self/mountinfo", mounts).Write("/proc/1/mountinfo", ""), TracingRequirement.Cgroups, status, said);

    [Test]
    public void Runtimes_are_looked_for_on_the_node_and_by_the_names_that_were_given()
    {
        _node.Remove("/usr/bin/runc").Write("/node/usr/local/sbin/youki", "").MakeDirectory("/node/proc").MakeDirectory("/node/run");

        AssertThat(_node, TracingRequirement.OciRuntimes, RequirementStatus.Degraded, "runc, crun");
        AssertThat(
            _node, TracingRequirement.OciRuntimes, RequirementStatus.Met, "/node/usr/local/sbin/youki", new LifecycleTracerOptions { OciRuntimes = ["youki"], HostRoot = "/node" });
    }

    [Test]
    public void An_injector_that_cannot_be_run_is_missing_and_the_tracer_is_not()
    {
        IReadOnlyList<RequirementResult> results = _node.Check(injector: new CommandInjectorOptions { Command = "/no/such/injector" });

        Assert.That(results.Where(static result => result.Status == RequirementStatus.Missing).Select(static result => result.Requirement), Is.EqualTo(new[] { TracingRequirement.InjectorFile }));
        Assert.That(results[^1].Explanation, Does.Contain("/no/such/injector"));
    }

    private FakeNode InContainer() => _node.Write("/proc/self/mountinfo", "99 98 0:77 / / ro - overlay overlay ro\n");

    private static void AssertThat(FakeNode node, TracingRequirement requirement, RequirementStatus status, string said, LifecycleTracerOptions? options = null)
    {
        RequirementResult result = node.Check(requirement, options);

        Assert.That(result.Status, Is.EqualTo(status), result.Explanation);
        Assert.That($"{result.Explanation}: {result.Cure}", Does.Contain(said));
    }
}
