using System.Net;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Hosting;

namespace DiffKeeper.Lifecycle.KernelTests.Status;

/// <summary>What <c>--listen</c> serves.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
public sealed class StatusTests
{
    /// <summary>A program that ends when diffkeeper does, however that does.</summary>
    private static readonly string[] Lasting = ["--", "sh", "-c", "exec tail --pid=$PPID --follow /dev/null"];

    [Test]
    [RequireKernel("runc", "busybox")]
    public async Task While_it_traces_it_is_ready_and_its_metrics_move_as_containers_run()
    {
        BareEngine runc = await SharedEngines.RuncAsync();
        await using TracingProcess program = await TracingProcess.StartAsync(StatusPages.Option, "--output=json");
        using StatusPages pages = await StatusPages.OfAsync(program);
        FinishedContainer container = await runc.RunAsync(ContainerSpec.Shortest);
        await program.WaitForEventsOfAsync(container.Id);

        (_, string metrics) = await pages.GetAsync("/metrics");

        Assert.That(await pages.GetAsync("/healthz"), Is.EqualTo((HttpStatusCode.OK, "alive\n")));
        Assert.That(await pages.GetAsync("/readyz"), Is.EqualTo((HttpStatusCode.OK, "ready\n")));
        foreach (string state in new[] { "create", "start", "stop", "delete" })
            Assert.That(metrics, Does.Match($"diffkeeper_lifecycle_events_total{{.*\"runc\".*\"{state}\".*}} [1-9]"));
    }

    [Test]
    [RequireKernel("gdb")]
    public async Task A_program_that_is_detached_makes_it_unready_for_that_reason_and_it_lives_on()
    {
        await using TracingProcess program = await TracingProcess.StartAsync([StatusPages.Option, .. Lasting]);
        using StatusPages pages = await StatusPages.OfAsync(program);
        HttpStatusCode attached = (await pages.GetAsync("/readyz")).Status;

        await BpfLinks.DetachAsync(program.Pid, BpfLinks.Of(program.Pid)[0]);
        (HttpStatusCode Status, string Text) detached = default;
        await Eventually.HoldsAsync(async () => (detached = await pages.GetAsync("/readyz")).Status != HttpStatusCode.OK);

        Assert.That((attached, detached.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable)));
        Assert.That(detached.Text, Does.Contain("is not attached any more"));
        Assert.That((await pages.GetAsync("/healthz")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Where_nothing_is_traced_it_is_alive_but_not_ready_and_says_why()
    {
        await using var program = new RunningProgram(DiffkeeperProgram.Describe([StatusPages.Option, "--enable-ebpf=false", .. Lasting]));
        using StatusPages pages = await StatusPages.OfAsync(program);

        Assert.That((await pages.GetAsync("/healthz")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await pages.GetAsync("/readyz"), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "Containers are not traced: tracing is switched off.\n")));
        Assert.That((await pages.GetAsync("/elsewhere")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_address_that_is_in_use_ends_it_with_exit_code_1_and_one_sentence()
    {
        await using var program = new RunningProgram(DiffkeeperProgram.Describe([StatusPages.Option, "--enable-ebpf=false", .. Lasting]));
        using StatusPages pages = await StatusPages.OfAsync(program);
        string taken = pages.Address.Authority;

        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.Describe($"--listen={taken}"));

        Assert.That(result.ExitCode, Is.EqualTo(1));
        AssertThat.OneSentenceNames($"{taken} (Address already in use)", result);
    }
}
