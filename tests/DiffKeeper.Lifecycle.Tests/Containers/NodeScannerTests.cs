using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>On a node whose files a test lays out, and whose containers all have the test's own process as their init process.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NodeScannerTests : IDisposable
{
    private const string Id = "c1";
    private const int NoSuchProcess = int.MaxValue;

    private readonly DirectoryInfo _node = Directory.CreateTempSubdirectory("diffkeeper-node-");

    public void Dispose() => _node.Delete(recursive: true);

    [Test]
    public void A_container_of_runc_s_is_found_by_its_state()
    {
        Write($"/run/runc/{Id}/state.json", RuncState(Environment.ProcessId, "/srv/b"));

        FoundContainer found = Scan().Single();

        Assert.That(found.Key, Is.EqualTo(new ContainerKey("/run/runc", Id)));
        Assert.That(found.Init, Is.EqualTo(ProcessFiles.Identify(Environment.ProcessId)));
        Assert.That(found.HasStarted(), Is.True);
        Assert.That(Identify(found), Is.EqualTo(new ContainerIdentity { Id = Id, Runtime = "runc", OciRuntime = "runc", Bundle = "/srv/b" }));
    }

    [Test]
    public void A_container_of_crun_s_is_found_by_its_status()
    {
        Write($"/run/crun/{Id}/status", $$"""{"pid":{{Environment.ProcessId}},"bundle":"\/srv\/b"}""");

        FoundContainer found = Scan().Single();

        Assert.That(found.Key, Is.EqualTo(new ContainerKey("/run/crun", Id)));
        Assert.That(Identify(found), Is.EqualTo(new ContainerIdentity { Id = Id, Runtime = "crun", OciRuntime = "crun", Bundle = "/srv/b" }));
    }

    [Test]
    public void A_container_whose_pipe_still_stands_waits_for_its_start()
    {
        Write($"/run/runc/{Id}/state.json", RuncState(Environment.ProcessId, "/srv/b"));
        Write($"/run/runc/{Id}/exec.fifo", "");

        Assert.That(Scan().Single().HasStarted(), Is.False);
    }

    [Test]
    public void A_task_of_containerd_s_is_found_by_its_bundle()
    {
        Write($"/run/containerd/io.containerd.runtime.v2.task/default/{Id}/init.pid", $"{Environment.ProcessId}");

        FoundContainer found = Scan().Single();

        Assert.That(found.Key, Is.EqualTo(new ContainerKey("/run/containerd/runc/default", Id)));
        Assert.That(Identify(found).Runtime, Is.EqualTo("containerd"));
        Assert.That(Identify(found).RuntimeNamespace, Is.EqualTo("default"));
    }

    [Test]
    public void A_task_of_Docker_s_says_which_runtime_and_state_directory_it_has()
    {
        Write($"/run/containerd/io.containerd.runtime.v2.task/moby/{Id}/init.pid", $"{Environment.ProcessId}");
        Write($"/run/containerd/io.containerd.runtime.v2.task/moby/{Id}/options.json", """{"binary_name":"/usr/bin/crun","root":"/var/run/docker/runtime-runc"}""");

        FoundContainer found = Scan().Single();

        Assert.That(found.Key, Is.EqualTo(new ContainerKey("/run/docker/runtime-runc/moby", Id)));
        Assert.That((Identify(found).Runtime, Identify(found).OciRuntime), Is.EqualTo(("dockerd", "crun")));
    }

    [Test]
    public void A_container_that_its_bundle_and_its_state_both_name_is_found_once()
    {
        Write($"/run/containerd/io.containerd.runtime.v2.task/k8s.io/{Id}/init.pid", $"{Environment.ProcessId}");
        Write($"/run/containerd/runc/k8s.io/{Id}/state.json", RuncState(Environment.ProcessId, $"/run/containerd/io.containerd.runtime.v2.task/k8s.io/{Id}"));

        Assert.That(Scan(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_state_directory_that_was_seen_in_use_is_looked_into()
    {
        Write($"/srv/state/{Id}/state.json", RuncState(Environment.ProcessId, "/srv/b"));

        Assert.That(Scan(), Is.Empty);
        Assert.That(Scan("/srv/state").Single().Key, Is.EqualTo(new ContainerKey("/srv/state", Id)));
    }

    [Test]
    public void The_state_of_a_container_that_has_ended_is_no_container()
    {
        Write($"/run/runc/{Id}/state.json", RuncState(NoSuchProcess, "/srv/b"));

        Assert.That(Scan(), Is.Empty);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"init_process_pid":"x","config":{"labels":["bundle=/srv/b"]}}""")]
    [TestCase("""{"init_process_pid":1}""")]
    public void A_state_that_cannot_be_read_is_no_container(string state)
    {
        Write($"/run/runc/{Id}/state.json", state);

        Assert.That(Scan(), Is.Empty);
    }

    private List<FoundContainer> Scan(params string[] runtimeRoots)
    {
        var files = new HostFiles(_node.FullName);
        // What really runs on this machine has monitors that are found as well, but none of its files.
        return [.. new NodeScanner(files, includeRootless: false).Scan(ProcessFiles.AllNamed(), runtimeRoots)];
    }

    private ContainerIdentity Identify(FoundContainer found) => found.Identify(new ContainerIdentifier(new ContainerFiles(new HostFiles(_node.FullName))));

    private static string RuncState(int pid, string bundle)
        => $$$"""{"id":"x","init_process_pid":{{{pid}}},"init_process_start":1,"config":{"labels":["other","bundle={{{bundle}}}"]}}""";

    private void Write(string path, string content)
    {
        var file = new FileInfo(_node.FullName + path);
        file.Directory!.Create();
        File.WriteAllText(file.FullName, content);
    }
}
