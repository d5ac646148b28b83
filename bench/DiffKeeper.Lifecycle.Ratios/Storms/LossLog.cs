using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Ratios.Storms;

/// <summary>Adds up the losses that a tracer logs (TracingLog.RecordsLost).</summary>
internal sealed class LossLog : ILoggerFactory, ILogger
{
    private const int RecordsLost = 2;
    private long _lost;

    /// <summary>Records that found no room, processes that could not be followed, and runs that were skipped.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This is all that there is to log to.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == RecordsLost && state is IReadOnlyList<KeyValuePair<string, object?>> fields)
            Interlocked.Exchange(ref _lost, fields.Sum(static field => field.Value is ulong count ? (long)count : 0));
    }

    public void Dispose()
    {
    }
}
