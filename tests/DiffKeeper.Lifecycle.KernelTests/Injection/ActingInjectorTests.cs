using System.Formats.Tar;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Injection;

/// <summary>Injectors that work with the engines themselves, and what must not come of it: that they are called for their own doing.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("dockerd", "docker", "containerd", "ctr", "runc", "busybox")]
public sealed class ActingInjectorTests
{
    private const string CtrNamespace = "diffkeeper-acting";

    private ContainerdServer _server = null!;
    private ContainerdEngine _containerd = null!;
    private DockerEngine _docker = null!;
    private BareEngine _runc = null!;

    [OneTimeSetUp]
    public async Task StartEngines()
    {
        _server = await ContainerdServer.StartAsync();
        _containerd = await ContainerdEngine.StartAsync(_server, CtrNamespace);
        _docker = await DockerEngine.StartAsync(_server);
        _runc = await SharedEngines.AtDefaultRootAsync("runc");
    }

    [OneTimeTearDown]
    public async Task StopEngines()
    {
        if (_docker is not null)
            await _docker.DisposeAsync();

        if (_containerd is not null)
            await _containerd.DisposeAsync();

        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Test]
    public Task An_injector_may_use_docker_exec() => ExecuteAsync(_docker, $"docker --host {_docker.Socket} exec \"$1\" true");

    [Test]
    public Task An_injector_may_use_ctr_task_exec() =>
        ExecuteAsync(_containerd, $"ctr --address {_server.Socket} --namespace {CtrNamespace} task exec --exec-id inject-$$ \"$1\" true");

    [Test]
    public Task An_injector_may_use_runc_exec() => ExecuteAsync(_runc, "runc exec \"$1\" true");

    [Test]
    public async Task A_container_that_an_injector_makes_with_an_OCI_runtime_is_not_injected_in_turn(CancellationToken cancellationToken)
    {
        await using var directory = new PrivateDirectory("made");
        string rootFileSystem = Directory.CreateDirectory(directory.File("rootfs")).FullName;
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), rootFileSystem, overwriteFiles: false, cancellationToken);
        await Bundle.WriteAsync(directory.File("bundle"), rootFileSystem, ContainerSpec.Shortest);
        using var script = new InjectorScript(
            $"runc --root {directory.File("state")} run --bundle {directory.File("bundle")} made-$DIFFKEEPER_INJECTION && echo > $here/made-$1");

        string id;
        IReadOnlyList<LifecycleEvent> events = await InjectAsync(script, async recorder =>
        {
            id = await StartAsync(_runc, recorder);
            Assert.That(await Eventually.HoldsAsync(() => File.Exists(script.File($"made-{id}"))), "the injector could not run its container");
            await _runc.RemoveAsync(id);
        });

        Assert.That(events.Select(e => e.ContainerId), Has.None.StartsWith("made-"));
        Assert.That(script.Runs().Select(run => run.Argument), Has.None.StartsWith("made-"));
    }

    private static async Task ExecuteAsync(IContainerEngine engine, string command)
    {
        using var script = new InjectorScript($"{command} && echo > $here/executed-$1");
        string id = "";

        IReadOnlyList<LifecycleEvent> events = await InjectAsync(script, async recorder =>
        {
            id = await StartAsync(engine, recorder);
            await recorder.WaitForAsync(id, LifecycleState.Exec);
            Assert.That(await Eventually.HoldsAsync(() => File.Exists(script.File($"executed-{id}"))), "the injector could not execute anything in its container");
            await engine.RemoveAsync(id);
        });

        Assert.That(script.RunsFor(id), Has.Count.EqualTo(1));
        Assert.That(events.Count(e => e.ContainerId == id && e.State == LifecycleState.Exec), Is.EqualTo(1));
    }

    /// <summary>Returns everything that was told until the last injection was over.</summary>
    private static async Task<IReadOnlyList<LifecycleEvent>> InjectAsync(InjectorScript script, Func<EventRecorder, Task> run)
    {
        await using var tracer = LifecycleTracer.Create(new LifecycleTracerOptions { IncludeExecs = true });
        await using var recorder = new EventRecorder(tracer);
        // Containers that are none of these tests' can't be acted upon.
        var options = new AutoInjectorOptions { MaxRetries = 0 };
        Task injecting = new AutoInjector(tracer, new CommandInjector(new CommandInjectorOptions { Command = script.Command }), options).RunAsync(CancellationToken.None);

        await run(recorder);
        FinishedContainer sentinel = await (await SharedEngines.RuncAsync()).RunAsync(ContainerSpec.Shortest);
        await recorder.WaitForAsync(sentinel.Id, LifecycleState.Stop);
        await tracer.DisposeAsync();
        await injecting;
        return recorder.All;
    }

    private static async Task<string> StartAsync(IContainerEngine engine, EventRecorder recorder)
    {
        string id = await engine.StartAsync(ContainerSpec.Lasting);
        await recorder.WaitForAsync(id, LifecycleState.Start);
        return id;
    }
}
