using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Injection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class AutoInjectorTests : IDisposable
{
    private readonly FakeTracer _tracer = new();
    private readonly SteeredInjector _injector = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogs _logs = new();
    private readonly ConcurrentQueue<(LifecycleEvent Container, InjectionResult Result)> _results = new();
    private readonly AutoInjectorOptions _options;
    private readonly CancellationTokenSource _stop = new();

    public AutoInjectorTests() => _options = new AutoInjectorOptions
    {
        TimeProvider = _time,
        LoggerFactory = _logs,
        InjectionCompleted = (container, result) => _results.Enqueue((container, result)),
    };

    private IEnumerable<string> Outcomes => _results.Select(static result => $"{result.Container.ContainerId} {result.Result.Outcome}");

    public void Dispose()
    {
        _stop.Dispose();
        _logs.Dispose();
    }

    [Test]
    public async Task A_container_that_starts_is_injected()
    {
        Task running = Run();
        _tracer.Tell(Told.Create(), Told.Start());
        SteeredInjector.Call call = await _injector.NextAsync();
        call.Succeed();
        await EndAsync(running);

        Assert.That(call.Container, Is.EqualTo(Told.Start()));
        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Succeeded" }));
        Assert.That(_logs.Lines.First(), Is.EqualTo("Debug: [AutoInject] Detected start for c1 of containerd, Kubernetes namespace none, pid 200000000"));
    }

    [Test]
    public async Task A_container_that_is_there_already_is_injected_once_though_it_is_told_of_twice()
    {
        var tracer = new FakeTracer(Told.Start());
        Task running = new AutoInjector(tracer, _injector, _options).RunAsync(_stop.Token);
        (await _injector.NextAsync()).Succeed();
        tracer.Tell(Told.Start() with { Sequence = 9 });
        tracer.End();
        await running;

        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Succeeded", "c1 Skipped" }));
        Assert.That(_results.Last().Result.Reason, Does.Contain("before"));
    }

    [Test]
    public async Task What_the_policy_leaves_out_is_skipped_and_it_is_said_why()
    {
        _options.Policy = new InjectionPolicy { AllowedNamespaces = ["shop"] };
        Task running = Run();
        _tracer.Tell(Told.Start() with { Namespace = "kube-system" });
        await EndAsync(running);

        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Skipped" }));
        Assert.That(_logs.Lines.Last(), Is.EqualTo("Debug: [AutoInject] Skipped c1: The policy does not allow the namespace kube-system."));
    }

    [Test]
    public async Task No_more_are_injected_at_once_than_are_allowed()
    {
        _options.MaxConcurrency = 2;
        Task running = Run();
        _tracer.Tell(Enumerable.Range(1, 5).Select(static number => Told.Start($"c{number}")));
        await _injector.NextAsync();
        SteeredInjector.Call second = await _injector.NextAsync();
        // Told after them, and skipped by then: those before it have all come to their turn, or wait.
        _tracer.Tell(Told.Start("skipped") with { Sandbox = true });
        await ResultsAsync(1);
        Assert.That(_injector.Waiting, Is.Zero);

        second.Succeed();

        Assert.That((await _injector.NextAsync()).Container.ContainerId, Does.StartWith("c"));
        await StopAsync(running);
    }

    [Test]
    public async Task A_slow_injection_does_not_hold_up_other_containers()
    {
        Task running = Run();
        _tracer.Tell(Told.Start("slow"), Told.Start("quick"));
        SteeredInjector.Call[] calls = [await _injector.NextAsync(), await _injector.NextAsync()];
        calls.Single(static call => call.Container.ContainerId == "quick").Succeed();
        await ResultsAsync(1);

        Assert.That(Outcomes, Is.EqualTo(new[] { "quick Succeeded" }));
        await StopAsync(running);
    }

    [Test]
    public async Task Injections_of_one_container_follow_one_another()
    {
        _options.Policy = new InjectionPolicy { States = [LifecycleState.Create, LifecycleState.Start] };
        Task running = Run();
        _tracer.Tell(Told.Create(), Told.Start(), Told.Start("other"));
        SteeredInjector.Call[] calls = [await _injector.NextAsync(), await _injector.NextAsync()];
        SteeredInjector.Call create = calls.Single(static call => call.Container.ContainerId == "c1");
        Assert.That((create.Container.State, _injector.Waiting), Is.EqualTo((LifecycleState.Create, 0)));

        create.Succeed();

        Assert.That((await _injector.NextAsync()).Container.State, Is.EqualTo(LifecycleState.Start));
        await StopAsync(running);
    }

    [Test]
    public async Task A_container_that_stops_before_its_turn_is_skipped_at_once()
    {
        _options.MaxConcurrency = 1;
        Task running = Run();
        _tracer.Tell(Told.Start("slow"));
        SteeredInjector.Call slow = await _injector.NextAsync();
        _tracer.Tell(Told.Start("short"), Told.Stop("short"));
        await ResultsAsync(1);
        slow.Succeed();
        await EndAsync(running);

        Assert.That(Outcomes, Is.EqualTo(new[] { "short Skipped", "slow Succeeded" }));
        Assert.That(_results.First().Result.Reason, Is.EqualTo("The container stopped before its turn."));
    }

    [Test]
    public async Task The_next_life_of_a_container_is_injected_after_the_former_one_s_injection_has_ended()
    {
        Task running = Run();
        _tracer.Tell(Told.Start(pid: Told.InitPid));
        SteeredInjector.Call first = await _injector.NextAsync();
        _tracer.Tell(Told.Stop(pid: Told.InitPid), Told.Delete(pid: Told.InitPid), Told.Create(), Told.Start(pid: Told.InitPid + 1), Told.Start("other"));
        Assert.That((await _injector.NextAsync()).Container.ContainerId, Is.EqualTo("other"));
        first.Succeed();

        Assert.That((await _injector.NextAsync()).Container.Pid, Is.EqualTo(Told.InitPid + 1));
        await StopAsync(running);
    }

    [Test]
    public async Task What_fails_is_tried_again_after_pauses_that_double_as_often_as_is_allowed()
    {
        (_options.MaxRetries, _options.RetryDelay) = (2, TimeSpan.FromSeconds(10));
        Task running = Run();
        _tracer.Tell(Told.Start());
        foreach (int longest in (int[])[10, 20])
        {
            (await _injector.NextAsync()).Fail();
            await LoggedAsync($"tried again in", longest / 10);
            _time.Advance(TimeSpan.FromSeconds((longest / 2.0) - 0.1));
            Assert.That(_injector.Waiting, Is.Zero);
            _time.Advance(TimeSpan.FromSeconds((longest / 2.0) + 0.1));
        }

        (await _injector.NextAsync()).Fail();
        await EndAsync(running);

        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Failed" }));
        Assert.That(_results.Single().Result.Reason, Is.EqualTo("No luck."));
    }

    [Test]
    public async Task What_waits_to_be_tried_again_leaves_its_place_to_others()
    {
        _options.MaxConcurrency = 1;
        Task running = Run();
        _tracer.Tell(Told.Start("failing"));
        (await _injector.NextAsync()).Fail();
        _tracer.Tell(Told.Start("other"));

        Assert.That((await _injector.NextAsync()).Container.ContainerId, Is.EqualTo("other"));
        await StopAsync(running);
    }

    [Test]
    public async Task A_container_that_stops_is_not_tried_again()
    {
        Task running = Run();
        _tracer.Tell(Told.Start());
        (await _injector.NextAsync()).Fail();
        _tracer.Tell(Told.Stop());
        await EndAsync(running);

        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Failed" }));
    }

    [Test]
    public async Task What_can_not_succeed_is_not_tried_again()
    {
        Task running = Run();
        _tracer.Tell(Told.Start());
        (await _injector.NextAsync()).Fail("Never.", mayRetry: false);
        await EndAsync(running);

        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Failed" }));
    }

    [Test]
    public async Task An_injector_that_throws_has_failed()
    {
        _options.MaxRetries = 0;
        Task running = Run();
        _tracer.Tell(Told.Start());
        (await _injector.NextAsync()).Result.SetException(new InvalidOperationException("Out of order."));
        await EndAsync(running);

        Assert.That(_results.Single().Result.Reason, Is.EqualTo("Out of order."));
    }

    [Test]
    public async Task A_stop_lets_what_has_begun_end_and_begins_nothing_more()
    {
        _options.MaxConcurrency = 1;
        Task running = Run();
        _tracer.Tell(Told.Start("begun"), Told.Start("waiting"));
        SteeredInjector.Call begun = await _injector.NextAsync();

        await _stop.CancelAsync();
        Assert.That(running.IsCompleted, Is.False);
        begun.Succeed();
        await running;

        Assert.That(Outcomes, Is.EqualTo(new[] { $"{begun.Container.ContainerId} Succeeded" }));
        Assert.That(_injector.Waiting, Is.Zero);
    }

    [Test]
    public async Task What_a_stop_cancels_is_left_to_the_next_run_as_a_retry()
    {
        Task running = Run();
        _tracer.Tell(Told.Start());
        await _injector.NextAsync();
        await StopAsync(running);
        Assert.That(_results, Is.Empty);

        var next = new FakeTracer(Told.Start());
        running = new AutoInjector(next, _injector, _options).RunAsync(CancellationToken.None);
        (await _injector.NextAsync()).Succeed();
        next.End();
        await running;

        Assert.That(Outcomes, Is.EqualTo(new[] { "c1 Succeeded" }));
        Assert.That(_logs.Lines, Has.Some.Contains("Retry for c1"));
    }

    [Test]
    public async Task The_ledger_forgets_a_container_that_goes()
    {
        Task running = Run();
        _tracer.Tell(Told.Start());
        (await _injector.NextAsync()).Succeed();
        _tracer.Tell(Told.Stop(), Told.Delete());
        await EndAsync(running);

        Assert.That(_options.Ledger.Claim(Told.Start()), Is.EqualTo(InjectionClaim.New));
    }

    [Test]
    public async Task A_ledger_that_fails_lets_nothing_be_injected_that_it_could_not_remember()
    {
        using var directory = new SafeDirectory();
        using var ledger = DirectoryInjectionLedger.Open(directory.File("ledger"));
        _options.Ledger = ledger;
        Task running = Run();
        _tracer.Tell(Told.Start("before"));
        SteeredInjector.Call before = await _injector.NextAsync();
        Directory.Delete(directory.File("ledger"), recursive: true);
        _tracer.Tell(Told.Start("after"));
        await ResultsAsync(1);
        before.Succeed();
        await EndAsync(running);

        Assert.That(Outcomes, Is.EqualTo(new[] { "after Failed", "before Succeeded" }));
        Assert.That(_results.First().Result.Reason, Does.Contain("ledger"));
    }

    [Test]
    public async Task The_injector_fails_as_its_tracer_s_stream_does()
    {
        Task running = Run();
        _tracer.End(new InvalidOperationException("The reader failed."));

        Assert.That(async () => await running, Throws.InvalidOperationException.With.Message.EqualTo("The reader failed."));
    }

    [Test]
    public async Task An_injector_runs_once_at_a_time()
    {
        var injector = new AutoInjector(_tracer, _injector, _options);
        Task running = injector.RunAsync(_stop.Token);

        Assert.That(() => injector.RunAsync(_stop.Token), Throws.InvalidOperationException);
        await StopAsync(running);
        Assert.That(async () => await injector.RunAsync(_stop.Token), Throws.Nothing);
    }

    private Task Run() => new AutoInjector(_tracer, _injector, _options).RunAsync(_stop.Token);

    /// <summary>Returns when everything is done that was told until now.</summary>
    private async Task EndAsync(Task running)
    {
        _tracer.End();
        await running;
    }

    private async Task StopAsync(Task running)
    {
        _options.StopTimeout = TimeSpan.Zero;
        await _stop.CancelAsync();
        await running;
    }

    /// <summary>Returns once so many injections have been reported.</summary>
    private Task ResultsAsync(int count) => UntilAsync(() => _results.Count >= count);

    private Task LoggedAsync(string text, int count) => UntilAsync(() => _logs.Lines.Count(line => line.Contains(text, StringComparison.Ordinal)) >= count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
            await timer.WaitForNextTickAsync(TestContext.CurrentContext.CancellationToken);
    }
}
