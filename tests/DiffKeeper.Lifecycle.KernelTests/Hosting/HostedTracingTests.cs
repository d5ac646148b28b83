using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.KernelTests.Hosting;

/// <summary>A host that traces and injects, beside real containers.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class HostedTracingTests
{
    private BareEngine _runc = null!;

    [OneTimeSetUp]
    public async Task StartRunc() => _runc = await SharedEngines.RuncAsync();

    [Test]
    public async Task The_metrics_move_as_containers_run()
    {
        var injected = new ConcurrentQueue<string>();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == LifecycleTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using IHost host = Build(services => services.AddLifecycleTracing().AddCommandInjector(
            options => options.Command = "/usr/bin/true",
            injection =>
            {
                injection.LedgerDirectory = null;
                injection.InjectionCompleted = (container, _) => injected.Enqueue(container.ContainerId);
            }));
        using var metrics = new HostMetrics(host.Services.GetRequiredService<IMeterFactory>());
        await host.StartAsync();
        await using var events = new EventRecorder(host.Services.GetRequiredService<ILifecycleTracer>());

        string running = await _runc.StartAsync(ContainerSpec.Lasting);
        Assert.That(await Eventually.HoldsAsync(() => injected.Contains(running)), "the container is injected");
        double live = metrics["diffkeeper.lifecycle.containers"];
        await _runc.RemoveAsync(running);
        await events.WaitForAsync(running, LifecycleState.Delete);

        // The machine may run other containers meanwhile, which are counted as well.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(live, Is.Positive);
            foreach (string state in new[] { "create", "start", "stop", "delete" })
                Assert.That(metrics[$"diffkeeper.lifecycle.events{{{state},runc}}"], Is.Positive, state);
            Assert.That(metrics["diffkeeper.lifecycle.event.latency"], Is.Positive);
            Assert.That(metrics["diffkeeper.lifecycle.ring.limit"], Is.EqualTo(1 << 20));
            Assert.That(metrics["diffkeeper.lifecycle.injections{succeeded}"], Is.Positive);
            Assert.That(metrics["diffkeeper.lifecycle.injection.duration{succeeded}"], Is.Positive);
            Assert.That(spans.Select(static span => span.GetTagItem("container.id")), Does.Contain(running));
        }

        await host.StopAsync();
    }

    [Test]
    public async Task A_program_that_is_detached_makes_the_health_check_unhealthy_until_tracing_was_begun_again()
    {
        using IHost host = Build(static services =>
        {
            services.AddLifecycleTracing();
            services.AddHealthChecks().AddLifecycleTracing();
        });
        IReadOnlyList<int> others = BpfLinks.Own();
        await host.StartAsync();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        HealthReport attached = await health.CheckHealthAsync();

        BpfLinks.Detach(BpfLinks.Own().Except(others).First());
        HealthReport detached = attached;
        Assert.That(await Eventually.HoldsAsync(async () => (detached = await health.CheckHealthAsync()).Status == HealthStatus.Unhealthy), "unhealthy");
        Assert.That(await Eventually.HoldsAsync(async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy), "healthy again");
        await using var events = new EventRecorder(host.Services.GetRequiredService<ILifecycleTracer>());
        FinishedContainer container = await _runc.RunAsync(ContainerSpec.Shortest);
        await events.WaitForAsync(container.Id, LifecycleState.Delete);

        Assert.That(attached.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(detached.Entries.Values.Single().Description, Does.Contain("is not attached any more"));
    }

    private static IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }
}
