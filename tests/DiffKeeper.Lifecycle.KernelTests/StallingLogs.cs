using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Keeps what a tracer logs, and can hold its thread up there, so that the ring runs full.</summary>
internal sealed class StallingLogs : ILoggerFactory, ILogger
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public void Stall() => _open.Reset();

    public void Release() => _open.Set();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception));
        _open.Wait();
    }

    /// <summary>The tracer is still to be disposed of, which waits for its thread.</summary>
    public void Dispose() => Release();
}
