using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace DiffKeeper.Cli.Export;

/// <summary>
/// Sends every event at least once, in order, as OpenTelemetry's log records: what the receiver has not taken is kept and sent again. While it takes nothing, events
/// wait in the subscription; what is beyond that is told by how it ended up, as every slow reader is.
/// </summary>
internal sealed class EventExport : IDisposable
{
    private const string Category = "DiffKeeper.Lifecycle.Events";
    private const int MaxBatch = 512;

    /// <summary>What is under way when the program ends is given this long, which is less than a signal gives the program.</summary>
    private static readonly TimeSpan TimeToFlush = TimeSpan.FromMilliseconds(500);

    /// <summary>Names what the sequence numbers belong to: they begin again with each tracer. Ids that are made later are greater.</summary>
    private readonly string _session = Guid.CreateVersion7().ToString();

    private readonly CancellationTokenSource _giveUp = new();
    private readonly BatchLogRecordExportProcessor _batch;
    private readonly ILoggerFactory _provider;
    private readonly ILogger _records;

    private EventExport(ILogger logger)
    {
        var options = new OtlpExporterOptions();
        OtlpSignal.Logs.Configure(options);
        Func<HttpClient> createClient = options.HttpClientFactory;
        options.HttpClientFactory = () => new HttpClient(new PatientHandler(createClient(), logger, _giveUp.Token)) { Timeout = Timeout.InfiniteTimeSpan };
        _batch = new BatchLogRecordExportProcessor(new OtlpLogExporter(options), maxExportBatchSize: MaxBatch);
        _provider = LoggerFactory.Create(logging => logging.AddOpenTelemetry(records =>
        {
            records.IncludeFormattedMessage = true;
            records.SetResourceBuilder(ProgramResource.Describe()).AddProcessor(new EventTimestamps()).AddProcessor(_batch);
        }));
        _records = _provider.CreateLogger(Category);
    }

    /// <returns><see langword="null"/> where OpenTelemetry's variables do not ask for it.</returns>
    /// <exception cref="UsageException">A variable's value can't be read.</exception>
    public static EventExport? Open(ILoggerFactory loggers) => OtlpSignal.Logs.IsExported ? new EventExport(loggers.CreateLogger<EventExport>()) : null;

    /// <summary>Returns when the stream has ended, and all of it was taken.</summary>
    public async Task RunAsync(ILifecycleTracer tracer, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration stop = cancellationToken.Register(() => _giveUp.CancelAfter(TimeToFlush));
        await using IAsyncEnumerator<LifecycleEvent> events = tracer.ReadAllAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        for (int waiting = 0; ; waiting++)
        {
            ValueTask<bool> next = events.MoveNextAsync();

            // What comes while a batch is under way makes the next one; and nothing waits for company. The exporter's queue drops what finds it full.
            if (waiting == MaxBatch || (waiting > 0 && !next.IsCompleted))
            {
                await Task.Run(() => _batch.ForceFlush(), CancellationToken.None);
                waiting = 0;
            }

            if (!await next)
                return;
            Write(new EventRecord(events.Current, _session));
        }
    }

    /// <summary>Sends what is left, if the receiver takes it now.</summary>
    public void Dispose()
    {
        _giveUp.CancelAfter(TimeToFlush);
        _provider.Dispose();
        _giveUp.Dispose();
    }

    private void Write(EventRecord record) => _records.Log(LogLevel.Information, record.Kind, record, null, static (record, _) => record.ToString());
}
