using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Worker;

/// <summary>Logs how healthy the program is, whenever that changes.</summary>
internal sealed partial class HealthLog(ILogger<HealthLog> logger) : IHealthCheckPublisher
{
    private HealthStatus? _last;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (report.Status != _last)
        {
            foreach ((string name, HealthReportEntry entry) in report.Entries)
                Changed(name, entry.Status, entry.Description);
        }

        _last = report.Status;
        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Information, "{Check} is {Status}: {Description}")]
    private partial void Changed(string check, HealthStatus status, string? description);
}
