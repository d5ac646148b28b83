using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Anybody may name a program runc.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("containerd", "ctr", "runc", "busybox")]
public sealed class TrustTests : TracedFixture
{
    private protected override async Task<IContainerEngine> EngineAsync() => await SharedEngines.ContainerdAsync();

    [Test]
    [RequireKernel("setpriv")]
    public async Task A_program_named_runc_is_believed_of_root_and_of_nobody_else()
    {
        await using var directory = new PrivateDirectory("pretender");
        string pretender = directory.File("runc");
        File.Copy("/bin/true", pretender);
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_101_101);
        string fromRoot = Identifier.Next();
        string fromNobody = Identifier.Next();

        await Tool.RunAsync(pretender, "create", "--bundle", directory.Path, fromRoot);
        await Tool.RunAsync("setpriv", "--reuid", "65534", "--clear-groups", pretender, "create", "--bundle", directory.Path, fromNobody);
        await CatchUpAsync();

        Assert.That(Events.Of(fromRoot), Has.Count.EqualTo(1), "the kernel cannot tell it from the real one");
        Assert.That(Events.Of(fromNobody), Is.Empty);
    }

    [Test]
    [RequireKernel("setpriv", "unshare")]
    public async Task The_root_of_a_user_namespace_of_one_s_own_is_nobody()
    {
        await using var directory = new PrivateDirectory("pretender");
        string pretender = directory.File("runc");
        File.Copy("/bin/true", pretender);
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_101_101);
        string forged = Identifier.Next();

        await Tool.TryAsync(
            "setpriv", "--reuid", "65534", "--clear-groups", "unshare", "--user", "--map-root-user", pretender, "create", "--bundle", directory.Path, forged);
        await CatchUpAsync();

        Assert.That(Events.Of(forged), Is.Empty);
    }

    [Test]
    public async Task A_program_named_runc_in_a_container_makes_up_no_more_than_a_nested_container()
    {
        string forged = Identifier.Next();
        FinishedContainer container = await Engine.RunAsync(new ContainerSpec("sh", "-c", $"{BusyboxLayer.NamedRunc} create --bundle / {forged}; exit 5"));

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.ExitCode), Is.EqualTo(new int?[] { null, null, 5, null }), container.Output);
        Assert.That(events, Has.All.Property(nameof(LifecycleEvent.Nested)).False);
        Assert.That(Events.Of(forged), Has.All.Property(nameof(LifecycleEvent.Nested)).True);
        Assert.That(Events.Of(forged).Select(e => e.State), Has.None.EqualTo(LifecycleState.Start));
    }

    [Test]
    public async Task Nested_containers_are_left_out_where_they_are_not_wanted()
    {
        await using LifecycleTracer tracer = LifecycleTracer.Create(new LifecycleTracerOptions { IncludeNested = false });
        await using var events = new EventRecorder(tracer);
        string forged = Identifier.Next();
        FinishedContainer container = await Engine.RunAsync(new ContainerSpec("sh", "-c", $"{BusyboxLayer.NamedRunc} create --bundle / {forged}"));
        await events.WaitForAsync(container.Id, LifecycleState.Delete);

        Assert.That(await AllOfAsync(forged), Is.Not.Empty.And.All.Property(nameof(LifecycleEvent.Nested)).True);
        Assert.That(events.Of(forged), Is.Empty);
    }

    /// <summary>A container whose entrypoint looks like a stage of the runtime that starts it.</summary>
    [TestCase("init")]
    [TestCase("create")]
    [TestCase("start")]
    public async Task A_container_does_not_hide_behind_an_entrypoint_that_is_named_like_its_runtime(string verb)
    {
        FinishedContainer container = await Engine.RunAsync(new ContainerSpec("runc", verb));

        IReadOnlyList<LifecycleEvent> events = await LivesOfAsync(container.Id);

        Assert.That(events.Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete }));
    }

    [Test]
    public async Task A_container_s_program_named_runc_does_not_end_another_container()
    {
        string id = await Engine.StartAsync(ContainerSpec.Lasting);
        await Events.WaitForAsync(id, LifecycleState.Start);

        await Engine.RunAsync(new ContainerSpec(BusyboxLayer.NamedRunc, "delete", "--force", id));
        IReadOnlyList<LifecycleEvent> events = await AllOfAsync(id);
        await Engine.RemoveAsync(id);

        Assert.That(events.Select(e => e.State), Is.EqualTo(new[] { LifecycleState.Create, LifecycleState.Start }));
    }
}
