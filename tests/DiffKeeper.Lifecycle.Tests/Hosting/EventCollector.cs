using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

/// <summary>A program's own service, which asks for the tracer in its constructor and reads while it runs.</summary>
internal sealed class EventCollector(ILifecycleTracer tracer) : BackgroundService
{
    private readonly Channel<LifecycleEvent> _told = Channel.CreateUnbounded<LifecycleEvent>();

    /// <summary>What a stream ended with, if one did.</summary>
    public TaskCompletionSource<TracingInterruptedException> Interrupted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<string> NextAsync() => (await _told.Reader.ReadAsync(TestContext.CurrentContext.CancellationToken)).ContainerId;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (LifecycleEvent lifecycleEvent in tracer.ReadAllAsync(stoppingToken))
                    await _told.Writer.WriteAsync(lifecycleEvent, stoppingToken);
                return;
            }
            catch (TracingInterruptedException e)
            {
                Interrupted.TrySetResult(e);
            }
        }
    }
}
