using DiffKeeper.Lifecycle.Hosting;
using DiffKeeper.Lifecycle.Tests.Recordings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

/// <summary>A host that is told of a recording: as a developer has it on another operating system.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class ReplayingHostTests : HostFixture
{
    private readonly string _recording = Path.GetTempFileName();

    public ReplayingHostTests() => Services.RemoveAll<CreateTracer>();

    [TearDown]
    public void DeleteRecording() => File.Delete(_recording);

    [Test]
    public async Task A_service_is_told_of_what_was_recorded()
    {
        using var recorded = new RecordedTracker();
        recorded.Reconcile();
        recorded.RunContainer("c1");
        await File.WriteAllBytesAsync(_recording, recorded.End());
        Services.AddSingleton<EventCollector>().AddHostedService(static services => services.GetRequiredService<EventCollector>());
        Services.AddLifecycleTracing(options => options.ReplayFrom = _recording);

        await Host.StartAsync();

        for (int i = 0; i < 4; i++)
            Assert.That(await Get<EventCollector>().NextAsync(), Is.EqualTo("c1"));
        await Get<EventCollector>().ExecuteTask!;
        Assert.That(Get<ILifecycleTracer>().Snapshot(), Is.Empty, "it can still be asked");
        await Host.StopAsync();
    }

    [Test]
    public async Task What_is_no_recording_fails_the_host_s_start()
    {
        await File.WriteAllTextAsync(_recording, "anything");
        Services.AddLifecycleTracing(options => options.ReplayFrom = _recording);

        Assert.That(async () => await Host.StartAsync(), Throws.InstanceOf<RecordingException>());
    }
}
