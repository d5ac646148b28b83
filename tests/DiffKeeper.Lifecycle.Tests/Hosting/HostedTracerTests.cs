using DiffKeeper.Lifecycle.Hosting;
using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class HostedTracerTests : HostFixture
{
    private static readonly TracingUnavailableException NotHere =
        new(TracingUnavailableReason.MissingPrivilege, "Tracing needs to load BPF programs, and this process lacks CAP_BPF: run it as root.");

    [Test]
    public async Task A_service_that_asks_for_the_tracer_in_its_constructor_is_told_of_everything_from_its_start_on()
    {
        var tracer = new SteeredTracer(Told.Start("there"));
        Trace(tracer);
        AddCollector(); // before tracing is added: the order does not matter
        Services.AddLifecycleTracing();

        await Host.StartAsync();
        tracer.Tell(Told.Start("new"));

        Assert.That(await Get<EventCollector>().NextAsync(), Is.EqualTo("there"));
        Assert.That(await Get<EventCollector>().NextAsync(), Is.EqualTo("new"));
    }

    [Test]
    public void Before_the_host_starts_nothing_can_be_read_and_it_is_said_why()
    {
        Services.AddLifecycleTracing();

        Assert.That(
            () => Get<ILifecycleTracer>().ReadAllAsync(), Throws.InvalidOperationException.With.Message.Contains("start of the host"));
    }

    [Test]
    public void Where_tracing_is_not_possible_the_host_does_not_start()
    {
        Create = _ => throw NotHere;
        Services.AddLifecycleTracing();

        Assert.That(async () => await Host.StartAsync(), Throws.InstanceOf<TracingUnavailableException>().With.Message.EqualTo(NotHere.Message));
    }

    [Test]
    public async Task Where_the_options_allow_it_the_host_runs_without_events_and_says_so()
    {
        Create = _ => throw NotHere;
        Services.AddLifecycleTracing(static options => options.WhenUnavailable = TracingUnavailableBehavior.RunWithoutEvents);
        await Host.StartAsync();
        ILifecycleTracer tracer = Get<ILifecycleTracer>();
        IAsyncEnumerator<LifecycleEvent> stream = tracer.ReadAllAsync().GetAsyncEnumerator();
        Task<bool> next = stream.MoveNextAsync().AsTask();

        Assert.That(tracer.Snapshot(), Is.Empty);
        Assert.That(next.IsCompleted, Is.False, "there is no event, but also no end");
        Assert.That(Logs.Lines, Has.One.StartsWith("Warning: This host runs without container events").And.Contains("CAP_BPF"));
        await Host.StopAsync();
        Assert.That(await next, Is.False);
    }

    [Test]
    public async Task Away_from_Linux_a_host_runs_without_events_too_where_the_options_allow_it()
    {
        Create = static _ => throw new PlatformNotSupportedException("this is osx-arm64");
        Services.AddLifecycleTracing(static options => options.WhenUnavailable = TracingUnavailableBehavior.RunWithoutEvents);

        await Host.StartAsync();

        Assert.That(Logs.Lines, Has.One.StartsWith("Warning: This host runs without container events").And.Contains("osx-arm64"));
        await Host.StopAsync();
    }

    [Test]
    public async Task The_tracer_is_there_until_the_last_service_has_stopped_and_not_longer()
    {
        var tracer = new SteeredTracer();
        Trace(tracer);
        Services.AddSingleton(tracer).AddHostedService<LastWord>();
        Services.AddLifecycleTracing();
        await Host.StartAsync();

        await Host.StopAsync();

        Assert.That(Get<IEnumerable<IHostedService>>().OfType<LastWord>().Single().TracerHadEnded, Is.False);
        Assert.That(tracer.Ended.IsCompletedSuccessfully);
        Assert.That(() => Get<ILifecycleTracer>().ReadAllAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Tracing_that_failed_is_begun_again_and_the_next_stream_waits_for_it()
    {
        SteeredTracer first = new(), second = new(Told.Start("after"));
        Trace(first, second);
        AddCollector();
        Services.AddLifecycleTracing();
        await Host.StartAsync();
        first.Tell(Told.Start("before"));
        string before = await Get<EventCollector>().NextAsync();

        first.Fail("The ring is broken.");
        TracingInterruptedException interruption = await Get<EventCollector>().Interrupted.Task.WaitAsync(TestContext.CurrentContext.CancellationToken);
        string after = await PassTimeUntilAsync(Get<EventCollector>().NextAsync());

        Assert.That((before, after), Is.EqualTo(("before", "after")));
        Assert.That(interruption.Message, Does.Contain("The ring is broken."));
        Assert.That(Logs.Lines, Has.One.Contains("Error: Tracing was interrupted, and is begun again in 00:00:01: The ring is broken."));
    }

    [Test]
    public async Task A_host_can_be_stopped_while_tracing_is_interrupted()
    {
        var tracer = new SteeredTracer();
        Trace(tracer);
        Services.AddLifecycleTracing();
        await Host.StartAsync();
        tracer.Fail("The ring is broken.");
        await UntilAsync(() => Get<HostedTracer>().Interruption is not null);
        Task<bool> waiting = Get<ILifecycleTracer>().ReadAllAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        await Host.StopAsync();

        Assert.That(await waiting, Is.False, "the stream ends");
    }

    private void AddCollector() => Services.AddSingleton<EventCollector>().AddHostedService(static services => services.GetRequiredService<EventCollector>());

    private sealed class LastWord(SteeredTracer tracer) : IHostedService
    {
        public bool? TracerHadEnded { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            TracerHadEnded = tracer.Ended.IsCompleted;
            return Task.CompletedTask;
        }
    }
}
