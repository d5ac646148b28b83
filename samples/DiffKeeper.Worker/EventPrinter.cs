using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Worker;

/// <summary>Logs every event.</summary>
internal sealed partial class EventPrinter(ILifecycleTracer tracer, ILogger<EventPrinter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (LifecycleEvent e in tracer.ReadAllAsync(stoppingToken))
                    Told(e.State, e.ContainerId, e.Runtime, e.Namespace, e.PodName, e.Pid);
            }
            catch (TracingInterruptedException e)
            {
                // What runs is told again, when tracing goes on.
                Interrupted(e.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{State} {ContainerId} of {Runtime}, pod {Namespace}/{PodName}, pid {Pid}")]
    private partial void Told(LifecycleState state, string containerId, string runtime, string? @namespace, string? podName, int pid);

    [LoggerMessage(2, LogLevel.Warning, "{Reason}")]
    private partial void Interrupted(string reason);
}
