using System.Collections.Concurrent;
using System.Diagnostics;
using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Telemetry;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class InjectionTelemetryTests : IDisposable
{
    private readonly MetricRecorder _recorder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeTracer _tracer = new();
    private readonly SteeredInjector _injector = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public InjectionTelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == LifecycleTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _recorder.Dispose();
    }

    [Test]
    public async Task Injections_are_counted_by_how_they_ended_and_each_attempt_is_timed()
    {
        Task running = Run();
        _tracer.Tell(Told.Start("good"));
        SteeredInjector.Call good = await _injector.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        good.Succeed();
        _tracer.Tell(Told.Start("bad"));
        (await _injector.NextAsync()).Fail(mayRetry: false);
        _tracer.Tell(Told.Start("pause") with { Sandbox = true });
        _tracer.End();
        await running;

        Assert.That(_recorder.Of("diffkeeper.lifecycle.injection.duration{succeeded}"), Is.EqualTo(new[] { 2d }));
        Assert.That(_recorder.Of("diffkeeper.lifecycle.injection.duration{failed}"), Is.EqualTo(new[] { 0d }));
        IReadOnlyDictionary<string, double> values = _recorder.Collect();
        Assert.That(
            new[] { "succeeded", "failed", "skipped" }.Select(outcome => values[$"diffkeeper.lifecycle.injections{{{outcome}}}"]), Is.EqualTo(new[] { 1d, 1, 1 }));
    }

    [Test]
    public async Task What_is_under_way_or_waits_is_the_backlog()
    {
        Task running = Run();
        _tracer.Tell(Told.Start("c1"), Told.Start("c2"));
        SteeredInjector.Call[] calls = [await _injector.NextAsync(), await _injector.NextAsync()];
        double during = _recorder.Collect()["diffkeeper.lifecycle.injection.backlog"];
        foreach (SteeredInjector.Call call in calls)
            call.Succeed();
        _tracer.End();
        await running;

        Assert.That((during, _recorder.Collect()["diffkeeper.lifecycle.injection.backlog"]), Is.EqualTo((2d, 0d)));
    }

    [Test]
    public async Task An_attempt_has_a_span_that_names_the_container_and_says_why_it_failed()
    {
        string id = $"c-{Guid.NewGuid():N}";
        Task running = Run();
        _tracer.Tell(Told.Start(id) with { Namespace = "shop", PodName = "web-1", ContainerName = "web" });
        (await _injector.NextAsync()).Fail("No luck.", mayRetry: false);
        _tracer.End();
        await running;

        Activity span = _spans.Single(activity => Equals(activity.GetTagItem("container.id"), id));
        Assert.That((span.Status, span.StatusDescription), Is.EqualTo((ActivityStatusCode.Error, "No luck.")));
        Assert.That(span.GetTagItem("k8s.pod.name"), Is.EqualTo("web-1"));
        Assert.That(span.GetTagItem("diffkeeper.outcome"), Is.EqualTo("failed"));
    }

    private Task Run() => new AutoInjector(_tracer, _injector, new AutoInjectorOptions { TimeProvider = _time, MeterFactory = _recorder.Factory })
        .RunAsync(CancellationToken.None);
}
