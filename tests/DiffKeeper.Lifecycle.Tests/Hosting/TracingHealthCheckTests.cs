using System.Diagnostics.Metrics;
using DiffKeeper.Lifecycle.Hosting;
using DiffKeeper.Lifecycle.Telemetry;
using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class TracingHealthCheckTests : HostFixture
{
    private readonly SteeredTracer _tracer = new();

    public TracingHealthCheckTests()
    {
        Trace(_tracer, new SteeredTracer());
        Services.AddMetrics();
        Services.AddLifecycleTracing();
        Services.AddHealthChecks().AddLifecycleTracing(static options => options.MaxInjectionBacklog = 1);
    }

    private LifecycleMetrics Metrics => LifecycleMetrics.Of(Get<IMeterFactory>());

    [Test]
    public async Task A_tracer_that_reads_is_healthy_and_shows_what_it_was_told_last()
    {
        await Host.StartAsync();
        _tracer.Tell(Told.Start());

        HealthReportEntry health = await CheckHealthAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data, Is.SupersetOf(new Dictionary<string, object>
        {
            ["attached"] = true,
            ["reading"] = true,
            ["losses"] = 0L,
            ["lastEvent"] = "1970-01-01T00:00:00.0000000+00:00",
            ["injectionBacklog"] = 0L,
        }));
    }

    [Test]
    public async Task Before_the_host_has_started_and_after_it_has_stopped_nothing_is_healthy()
    {
        HealthStatus before = (await CheckHealthAsync()).Status;
        await Host.StartAsync();
        await Host.StopAsync();
        HealthStatus after = (await CheckHealthAsync()).Status;

        Assert.That((before, after), Is.EqualTo((HealthStatus.Unhealthy, HealthStatus.Unhealthy)));
    }

    [Test]
    public async Task Interrupted_tracing_is_unhealthy_for_its_reason_and_healthy_once_it_goes_on()
    {
        await Host.StartAsync();
        _tracer.Fail("The ring is broken.");
        await UntilAsync(() => Get<HostedTracer>().Interruption is not null);
        HealthReportEntry during = await CheckHealthAsync();
        await PassTimeUntilAsync(() => Get<HostedTracer>().Running is not null);
        HealthReportEntry afterwards = await CheckHealthAsync();

        Assert.That((during.Status, afterwards.Status), Is.EqualTo((HealthStatus.Unhealthy, HealthStatus.Healthy)));
        Assert.That(during.Description, Does.Contain("The ring is broken."));
        Assert.That((during.Data["attached"], during.Data["reading"]), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_reader_that_does_not_come_round_is_unhealthy()
    {
        await Host.StartAsync();
        _tracer.SinceLastRound = TimeSpan.FromSeconds(42);

        HealthReportEntry health = await CheckHealthAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Does.Contain("42 s"));
        Assert.That(health.Data["reading"], Is.False);
    }

    [Test]
    public async Task A_loss_is_degraded_until_it_is_a_minute_ago()
    {
        await Host.StartAsync();
        Metrics.Join(new Losing());
        HealthReportEntry lost = await CheckHealthAsync();
        Time.Advance(TimeSpan.FromSeconds(61));
        HealthReportEntry later = await CheckHealthAsync();

        Assert.That((lost.Status, later.Status), Is.EqualTo((HealthStatus.Degraded, HealthStatus.Healthy)));
        Assert.That(lost.Description, Does.Contain("3 since the program began"));
    }

    [Test]
    public async Task Injections_that_pile_up_are_degraded()
    {
        await Host.StartAsync();
        Metrics.InjectionAdded();
        HealthStatus one = (await CheckHealthAsync()).Status;
        Metrics.InjectionAdded();
        HealthReportEntry two = await CheckHealthAsync();

        Assert.That((one, two.Status), Is.EqualTo((HealthStatus.Healthy, HealthStatus.Degraded)));
        Assert.That(two.Description, Does.StartWith("2 injections"));
    }

    [Test]
    public async Task A_host_that_may_run_without_events_is_degraded_and_names_what_is_missing()
    {
        Create = static _ => throw new TracingUnavailableException(TracingUnavailableReason.MissingPrivilege, "This process lacks CAP_BPF.");
        Services.AddLifecycleTracing(static options => options.WhenUnavailable = TracingUnavailableBehavior.RunWithoutEvents);
        await Host.StartAsync();

        HealthReportEntry health = await CheckHealthAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.Contain("CAP_BPF"));
        Assert.That((health.Data["attached"], health.Data["reading"]), Is.EqualTo((false, false)));
    }

    private sealed class Losing : IMeasuredTracer
    {
        public TracerFigures Measure() => new() { RingFull = 2, SubscriberDrops = 1 };
    }
}
