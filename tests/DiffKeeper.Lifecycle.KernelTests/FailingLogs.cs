using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Fails where it is given the first warning, on the tracer's own thread.</summary>
internal sealed class FailingLogs : ILoggerFactory, ILogger
{
    public const string Message = "The log cannot be written.";
    private bool _failed;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel != LogLevel.Warning || _failed)
            return;
        _failed = true;
        throw new IOException(Message);
    }

    public void Dispose()
    {
    }
}
