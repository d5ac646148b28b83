using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class TracerTests : TracedFixture
{
    private protected override async Task<IContainerEngine> EngineAsync() => await SharedEngines.RuncAsync();

    [Test]
    public async Task Ten_thousand_processes_that_are_no_containers_say_nothing()
    {
        await CatchUpAsync();
        int before = Events.All.Count;

        await Tool.RunAsync("busybox", "sh", "-c", "i=0; while [ $i -lt 10000 ]; do /bin/true; i=$((i+1)); done");
        await CatchUpAsync();

        Assert.That(Events.All.Skip(before).Select(e => e.ContainerId).Distinct().Count(), Is.EqualTo(1), "only the container that ended the wait");
    }

    [Test]
    public async Task Two_readers_are_each_told_everything()
    {
        await using var other = new EventRecorder(Tracer);

        FinishedContainer container = await Engine.RunAsync(ContainerSpec.Exiting(6));
        await CatchUpAsync();
        await CatchUpAsync(other);

        Assert.That(other.Of(container.Id), Has.Count.EqualTo(4).And.EqualTo(Events.Of(container.Id)));
    }

    [Test]
    public async Task Leaving_the_loop_ends_that_subscription_alone()
    {
        IAsyncEnumerable<LifecycleEvent> stream = Tracer.ReadAllAsync();
        FinishedContainer first = await Engine.RunAsync(ContainerSpec.Shortest);
        await foreach (LifecycleEvent e in stream)
        {
            if (e.ContainerId == first.Id)
                break;
        }

        FinishedContainer second = await Engine.RunAsync(ContainerSpec.Shortest);

        Assert.That(await LivesOfAsync(second.Id), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Cancelling_an_enumeration_ends_it_with_an_OperationCanceledException()
    {
        using var cancellation = new CancellationTokenSource();
        Task reading = ReadToEndAsync(Tracer.ReadAllAsync(cancellation.Token));

        await cancellation.CancelAsync();

        Assert.That(async () => await reading.WaitAsync(Eventually.Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Disposing_the_tracer_ends_every_enumeration_and_allows_no_more()
    {
        LifecycleTracer tracer = LifecycleTracer.Create();
        Task[] readers = [ReadToEndAsync(tracer.ReadAllAsync()), ReadToEndAsync(tracer.ReadAllAsync())];

        await tracer.DisposeAsync();

        await Task.WhenAll(readers).WaitAsync(Eventually.Patience);
        Assert.That(() => tracer.ReadAllAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Disposing_twice_is_allowed()
    {
        LifecycleTracer tracer = LifecycleTracer.Create();
        await tracer.DisposeAsync();

        Assert.That(async () => await tracer.DisposeAsync(), Throws.Nothing);
    }

    [Test]
    [RequireKernel("setpriv")]
    public async Task A_tracer_whose_reader_has_failed_ends_its_streams_with_the_failure_and_is_disposed_of_like_any_other()
    {
        await using var directory = new PrivateDirectory("pretender");
        string pretender = directory.File("runc");
        File.Copy("/bin/true", pretender);
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_101_101);
        LifecycleTracer tracer = LifecycleTracer.Create(new LifecycleTracerOptions { LoggerFactory = new FailingLogs() });
        Task reading = ReadToEndAsync(tracer.ReadAllAsync());

        // What isn't believed is warned of.
        await Tool.RunAsync("setpriv", "--reuid", "65534", "--clear-groups", pretender, "create", Identifier.Next());

        Assert.That(async () => await reading.WaitAsync(Eventually.Patience), Throws.InstanceOf<TracingInterruptedException>().With.InnerException.InstanceOf<IOException>().And.Message.Contains(FailingLogs.Message));
        await tracer.DisposeAsync().AsTask().WaitAsync(Eventually.Patience);
        await tracer.DisposeAsync();
        Assert.That(() => tracer.ReadAllAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    [RequireKernel("bpftool")]
    public async Task The_attachment_to_sched_process_exec_is_there_for_all_to_see_and_gone_with_the_tracer()
    {
        int others = await AttachmentsOfThisProcessAsync();
        LifecycleTracer tracer = LifecycleTracer.Create();
        int whileTracing = await AttachmentsOfThisProcessAsync();
        await tracer.DisposeAsync();
        int afterwards = await AttachmentsOfThisProcessAsync();

        Assert.That((whileTracing, afterwards), Is.EqualTo((others + 1, others)));
    }

    private static async Task<int> AttachmentsOfThisProcessAsync()
    {
        using JsonDocument perf = JsonDocument.Parse(await Tool.RunAsync("bpftool", "--json", "perf", "show"));
        return perf.RootElement.EnumerateArray().Count(attachment =>
            attachment.GetProperty("pid").GetInt32() == Environment.ProcessId &&
            attachment.TryGetProperty("tracepoint", out JsonElement tracepoint) &&
            tracepoint.ValueEquals("sched_process_exec"));
    }

    private static async Task ReadToEndAsync(IAsyncEnumerable<LifecycleEvent> events)
    {
        await foreach (LifecycleEvent _ in events)
        {
        }
    }
}
