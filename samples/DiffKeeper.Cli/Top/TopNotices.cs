using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli.Top;

/// <summary>What is logged while the screen is taken: the last warning is shown for a while, since lines of a log would go across it.</summary>
internal sealed class TopNotices(TimeProvider timeProvider) : ILoggerProvider, ILogger
{
    private static readonly TimeSpan TimeToRead = TimeSpan.FromSeconds(15);

    private Notice? _last;

    public string? Current => Volatile.Read(ref _last) is { } last && timeProvider.GetElapsedTime(last.At) < TimeToRead ? last.Text : null;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Volatile.Write(ref _last, new Notice(formatter(state, exception), timeProvider.GetTimestamp()));
    }

    public void Dispose()
    {
    }

    private sealed record Notice(string Text, long At);
}
