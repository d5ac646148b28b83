using DiffKeeper.Lifecycle.KernelTests.Engines;
using NUnit.Framework.Interfaces;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Gives the tests of a class one tracer, one recorder, and the engine whose containers they run.</summary>
public abstract class TracedFixture
{
    private LifecycleTracer? _tracer;
    private EventRecorder? _events;
    private IContainerEngine? _engine;
    private BareEngine? _sentinels;

    private protected LifecycleTracer Tracer => _tracer!;

    private protected EventRecorder Events => _events!;

    private protected IContainerEngine Engine => _engine!;

    private protected virtual LifecycleTracerOptions Options => new();

    [OneTimeSetUp]
    public async Task Attach()
    {
        _sentinels = await SharedEngines.RuncAsync();
        _engine = await EngineAsync();
        _tracer = LifecycleTracer.Create(Options);
        _events = new EventRecorder(_tracer);
    }

    [OneTimeTearDown]
    public async Task Detach()
    {
        if (_events is not null)
            await _events.DisposeAsync();

        if (_tracer is not null)
            await _tracer.DisposeAsync();
    }

    [TearDown]
    public void ShowTheEngineOfAFailure()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            TestContext.Out.WriteLine(_engine?.Output);
    }

    private protected abstract Task<IContainerEngine> EngineAsync();

    /// <summary>
    /// Returns once everything that has happened so far has been told: the stream is in the kernel's order, so a container
    /// that is run now is told of after it.
    /// </summary>
    private protected async Task CatchUpAsync() => await CatchUpAsync(Events);

    private protected async Task CatchUpAsync(EventRecorder recorder)
    {
        FinishedContainer sentinel = await _sentinels!.RunAsync(ContainerSpec.Shortest);
        Assert.That(sentinel.ExitCode, Is.Zero, sentinel.Output);
        await recorder.WaitForAsync(sentinel.Id, LifecycleState.Stop);
    }

    /// <summary>Everything that was ever told of the container, and nothing can follow of what it has done until now.</summary>
    private protected async Task<IReadOnlyList<LifecycleEvent>> AllOfAsync(string id)
    {
        await CatchUpAsync();
        return Events.Of(id);
    }

    /// <summary>Everything that was ever told of a container that is being removed, in each of its lives.</summary>
    private protected async Task<IReadOnlyList<LifecycleEvent>> LivesOfAsync(string id, int lives = 1)
    {
        // The engines' clients do not wait for the removal.
        await Events.WaitForAsync(id, LifecycleState.Delete, lives);
        return await AllOfAsync(id);
    }
}
