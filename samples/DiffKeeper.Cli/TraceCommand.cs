using DiffKeeper.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DiffKeeper.Cli;

/// <summary>Traces until a signal comes, or until nobody reads the output any more.</summary>
internal static class TraceCommand
{
    private const int Failure = 1;

    public static async Task<int> RunAsync(IEventWriter writer, LifecycleTracerOptions options, bool debug, CancellationToken cancellationToken)
    {
        // The signals' handlers are registered when this first yields, and from the line `tracing` on they have to be.
        await Task.Yield();
        using IEventWriter output = writer;
        using ILoggerFactory loggers = CreateLoggers(debug);
        try
        {
            options.LoggerFactory = loggers;
            await using var tracer = LifecycleTracer.Create(options);
            await foreach (LifecycleEvent lifecycleEvent in tracer.ReadAllAsync(cancellationToken))
                output.Write(lifecycleEvent);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException) when (writer is JsonEventWriter)
        {
            // The reader of the pipe has gone (EPIPE): `diffkeeper --output json | head -1` is well used.
            return 0;
        }
        catch (Exception e) when (e is LifecycleException or PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync($"diffkeeper: {e.Message}");
            return Failure;
        }
    }

    private static ILoggerFactory CreateLoggers(bool debug)
        => LoggerFactory.Create(logging => logging
            .SetMinimumLevel(debug ? LogLevel.Debug : LogLevel.Information)
            .AddSimpleConsole(static console => console.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
