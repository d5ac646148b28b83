using System.Collections.Concurrent;
using System.Reflection;
using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Hosting;

/// <summary>The worker sample as it is deployed.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class WorkerTests
{
    private static readonly string Program = Path.Combine(
        typeof(WorkerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "WorkerDirectory").Value!, "diffkeeper-worker");

    private readonly ConcurrentQueue<string> _lines = new();
    private CommandTask<CommandResult>? _worker;

    [TearDown]
    public void End()
    {
        if (_worker is { Task.IsCompleted: false } worker)
            ProcessSignal.Send(worker.ProcessId, ProcessSignal.Kill);
    }

    [Test]
    public async Task It_prints_events_injects_as_its_configuration_says_and_ends_with_SIGTERM()
    {
        BareEngine runc = await SharedEngines.RuncAsync();
        await using var directory = new PrivateDirectory("worker");
        Start("--Injector:Command=/usr/bin/true", $"--Injector:LedgerDirectory={directory.File("ledger")}");
        await PrintedAsync("Application started");

        string id = await runc.StartAsync(ContainerSpec.Lasting);
        await PrintedAsync($"Start {id} of runc");
        await PrintedAsync($"Injected {id}");
        await runc.RemoveAsync(id);
        await PrintedAsync($"Delete {id} of runc");
        ProcessSignal.Send(_worker!.ProcessId, ProcessSignal.Terminate);

        Assert.That((await _worker.Task.WaitAsync(Eventually.Patience)).ExitCode, Is.Zero);
    }

    [Test]
    [RequireKernel("gdb")]
    public async Task A_program_that_is_detached_makes_it_unhealthy_until_tracing_was_begun_again()
    {
        Start("--Tracing:RestartDelay=00:00:03");
        await PrintedAsync("lifecycle-tracing is Healthy");

        await BpfLinks.DetachAsync(_worker!.ProcessId, BpfLinks.Of(_worker.ProcessId)[0]);
        await PrintedAsync("lifecycle-tracing is Unhealthy: Tracing was interrupted");
        await PrintedAsync("lifecycle-tracing is Healthy", times: 2);

        Assert.That(_lines, Has.Some.Contains("is not attached any more"));
    }

    [Test]
    public async Task What_is_configured_wrongly_ends_it_with_exit_code_2_and_a_sentence_that_names_the_key()
    {
        Start("--Tracing:RingBufferBytes=5000");
        CommandResult result = await _worker!.Task.WaitAsync(Eventually.Patience);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(_lines, Is.EqualTo(["diffkeeper-worker: Tracing:RingBufferBytes can't be as it is configured: The ring's size has to be a power of two."]));
    }

    private void Start(params string[] arguments) =>
        _worker = DiffkeeperProgram.UseSameDotnet(Tool.Describe(Program, arguments))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(_lines.Enqueue))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(_lines.Enqueue))
            .ExecuteAsync();

    private async Task PrintedAsync(string text, int times = 1)
    {
        bool held = await Eventually.HoldsAsync(() => _worker!.Task.IsCompleted || _lines.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times);
        Assert.That(held && !_worker!.Task.IsCompleted, $"'{text}' was not printed:{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}");
    }
}
