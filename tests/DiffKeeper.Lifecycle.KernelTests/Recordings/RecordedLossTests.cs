using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Recordings;

/// <summary>A session in which the ring ran over, and the node was looked at again for what was lost.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class RecordedLossTests
{
    [Test]
    public async Task A_replay_tells_what_was_told_when_records_were_lost()
    {
        BareEngine runc = await SharedEngines.RuncAsync();
        await using var directory = new PrivateDirectory("recording");
        string recording = directory.File("session.dkrec");
        using var logs = new StallingLogs();
        var options = new LifecycleTracerOptions { RingBufferBytes = LifecycleTracerOptions.MinRingBufferBytes, LoggerFactory = logs, RecordTo = recording };
        IReadOnlyList<LifecycleEvent> told;
        await using (var tracer = LifecycleTracer.Create(options))
        {
            var recorder = new EventRecorder(tracer);
            string removed = await runc.StartAsync(ContainerSpec.Lasting);
            await recorder.WaitForAsync(removed, LifecycleState.Start);
            string startsUnseen = await WhileStalledAsync(logs, async () =>
            {
                // The first thing that is logged of it holds the reader up; what follows finds the ring full.
                await runc.RemoveAsync(removed);
                await Tool.RunAsync("sh", "-c", "for i in $(seq 60); do runc --version >/dev/null; done");
                return await runc.StartAsync(ContainerSpec.Lasting);
            });
            await recorder.WaitForAsync(startsUnseen, LifecycleState.Start);
            await runc.RemoveAsync(startsUnseen);
            await recorder.WaitForAsync(startsUnseen, LifecycleState.Stop);
            await tracer.DisposeAsync();
            await recorder.Completion;
            told = recorder.All;
        }

        using var replayLogs = new StallingLogs();
        await using ILifecycleTracer replay = LifecycleTracer.Replay(recording, options: new LifecycleTracerOptions { LoggerFactory = replayLogs });
        var replayed = new EventRecorder(replay);
        await replayed.Completion;

        Assert.That(logs.Lines, Has.Some.Contains("found the ring buffer full"), "nothing was lost: the test shows nothing");
        Assert.That(replayLogs.Lines, Has.Some.Contains("found the ring buffer full"));
        Assert.That(replayed.All.Select(AsJson), Is.EqualTo(told.Select(AsJson)));
        await KeptRecordings.KeepAsync("losses", recording, told.Select(AsJson));
    }

    private static async Task<T> WhileStalledAsync<T>(StallingLogs logs, Func<Task<T>> act)
    {
        logs.Stall();
        try
        {
            return await act();
        }
        finally
        {
            logs.Release();
        }
    }

    private static string AsJson(LifecycleEvent lifecycleEvent) => JsonSerializer.Serialize(lifecycleEvent, LifecycleJsonContext.Default.LifecycleEvent);
}
