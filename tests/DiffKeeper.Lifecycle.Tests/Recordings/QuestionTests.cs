using System.Text;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Recordings;
using DiffKeeper.Lifecycle.Tests.Containers;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>What is written of an answer is what is read.</summary>
public sealed class QuestionTests
{
    private static readonly PodIdentity Pod = new()
    {
        Namespace = "default",
        PodName = "web-0",
        PodUid = "0b4e9f6a",
        ContainerName = "web",
        IsSandbox = true,
        SandboxId = "5f23",
    };

    private static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string> { ["tier"] = "ä", ["empty"] = "" };

    [Test]
    public void A_bundle_s_facts()
    {
        var facts = new BundleFacts(
            new BundleIdentity { Manager = "cri-o", CgroupsPath = "a:b:c", Pod = Pod, Image = "busybox", IsSpoofed = true }, "/var/lib/docker/containers/1");

        Assert.That(Pass(ContainerQuestions.Bundle, facts), Is.EqualTo(facts));
        Assert.That(Pass(ContainerQuestions.Bundle, new BundleFacts(null, null)), Is.EqualTo(new BundleFacts(null, null)));
        Assert.That(Pass(ContainerQuestions.Bundle, null), Is.Null);
    }

    [Test]
    public void Docker_s_facts()
    {
        var configuration = new DockerContainerConfig { Id = "1", Name = "box", Image = "busybox", Pod = Pod };

        DockerFacts? read = Pass(ContainerQuestions.Docker, new DockerFacts(configuration, Labels));

        Assert.That(read!.Configuration, Is.EqualTo(configuration));
        Assert.That(read.Labels, Is.EqualTo(Labels));
    }

    [Test]
    public void Podman_s_facts()
    {
        var configuration = new PodmanContainerConfig { Id = "1", Name = "box", Image = "busybox", Labels = Labels };

        PodmanContainerConfig? read = Pass(ContainerQuestions.Podman, configuration);

        Assert.That(read! with { Labels = Labels }, Is.EqualTo(configuration));
        Assert.That(read.Labels, Is.EqualTo(Labels));
    }

    [TestCase(null)]
    [TestCase(true)]
    [TestCase(false)]
    public void Whether_a_process_is_an_injector_s(bool? answer) => Assert.That(Pass(ContainerQuestions.IsInjectors, answer), Is.EqualTo(answer));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/docker/5f23")]
    public void The_path_of_a_cgroup(string? path) => Assert.That(Pass(ContainerQuestions.CgroupPath, path), Is.EqualTo(path));

    [Test]
    public void A_cgroup() => Assert.That(Pass(ContainerQuestions.Cgroup, new CgroupKey(ulong.MaxValue, 4)), Is.EqualTo(new CgroupKey(ulong.MaxValue, 4)));

    [Test]
    public void A_process()
    {
        Assert.That(Pass(NodeQuestions.Identity, new ProcessIdentity(42, 7)), Is.EqualTo(new ProcessIdentity(42, 7)));
        Assert.That(Pass(NodeQuestions.Identity, null), Is.Null);
    }

    [Test]
    public void What_a_scan_has_found()
    {
        var found = new FoundContainer
        {
            Key = new ContainerKey("/run/runc", "c1"),
            Init = new ProcessIdentity(42, 7),
            Cgroup = new CgroupKey(5, 0),
            CgroupPath = "/c1",
            Argv = [1, 0, 2],
            Monitor = "conmon",
            MonitorPid = 41,
            HasStarted = static () => false,
        };

        FoundContainer read = Pass(NodeQuestions.Scan, [found]).Single();

        Assert.That(read with { Argv = found.Argv, HasStarted = found.HasStarted }, Is.EqualTo(found));
        Assert.That(read.Argv, Is.EqualTo(found.Argv));
    }

    [Test]
    public void A_runtime_that_runs()
    {
        var runtime = new RunningRuntime { Process = new ProcessIdentity(42, 7), Argv = [1, 0], Record = TrackerHarness.RuntimeRecord };

        RunningRuntime read = Pass(NodeQuestions.Runtimes, [runtime]).Single();

        Assert.That((read.Process, read.Task), Is.EqualTo((runtime.Process, runtime.Task)));
        Assert.That(read.Argv, Is.EqualTo(runtime.Argv));
    }

    [Test]
    public void What_the_kernel_follows()
    {
        var task = new KernelTask { InvocationTime = 1, Argv0Hash = 2, StartTime = 3, RootInode = 4, RuntimePid = 5, Roles = TaskRoles.Entrypoint, RootDevice = 6 };

        Assert.That(Pass(NodeQuestions.Tasks, new Dictionary<int, KernelTask> { [9] = task })[9], Is.EqualTo(task));
        Assert.That(Pass(NodeQuestions.Followed, task), Is.EqualTo(task));
    }

    [Test]
    public void No_two_questions_have_one_code()
    {
        byte[] codes =
        [
            ContainerQuestions.WorkingDirectory.Code, ContainerQuestions.Bundle.Code, ContainerQuestions.Docker.Code, ContainerQuestions.Podman.Code,
            ContainerQuestions.ConmonName.Code, ContainerQuestions.CgroupPath.Code, ContainerQuestions.Cgroup.Code, ContainerQuestions.IsInjectors.Code,
            NodeQuestions.Identity.Code, NodeQuestions.Scan.Code, NodeQuestions.HasStarted.Code, NodeQuestions.Runtimes.Code, NodeQuestions.Forks.Code,
            NodeQuestions.Tasks.Code, NodeQuestions.Followed.Code, NodeQuestions.IsFollowed.Code, NodeQuestions.BootTicks.Code,
        ];

        Assert.That(codes, Is.Unique);
    }

    private static TAnswer Pass<TAnswer>(Question<TAnswer> question, TAnswer answer)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        question.Write(writer, answer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        TAnswer read = question.Read(reader);
        Assert.That(bytes.Position, Is.EqualTo(bytes.Length), "all of it is read");
        return read;
    }
}
