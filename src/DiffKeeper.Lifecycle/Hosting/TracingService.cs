using Microsoft.Extensions.Hosting;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Traces before the first service starts, in whatever order they were added, and until the last one has stopped.</summary>
internal sealed class TracingService(HostedTracer tracer) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => tracer.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => tracer.DisposeAsync().AsTask().WaitAsync(cancellationToken);
}
