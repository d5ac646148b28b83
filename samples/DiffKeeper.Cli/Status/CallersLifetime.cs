using Microsoft.Extensions.Hosting;

namespace DiffKeeper.Cli.Status;

/// <summary>Leaves signals to whoever starts and stops the host: the usual lifetime would take them for itself.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
