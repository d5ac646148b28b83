using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace DiffKeeper.Lifecycle.Tests.Telemetry;

/// <summary>Listens to the meters of one factory.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Series, double Value)> _measurements = new();

    public MetricRecorder()
    {
        Factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, Factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public IMeterFactory Factory { get; }

    /// <summary>What was recorded under a name, as <c>name{value of a tag,…}</c>.</summary>
    public IReadOnlyList<double> Of(string series) => [.. _measurements.Where(measurement => measurement.Series == series).Select(static measurement => measurement.Value)];

    /// <summary>What the instruments that are only looked at say now.</summary>
    public IReadOnlyDictionary<string, double> Collect()
    {
        _measurements.Clear();
        _listener.RecordObservableInstruments();
        return _measurements.ToDictionary(static measurement => measurement.Series, static measurement => measurement.Value);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        => _measurements.Enqueue((tags.IsEmpty ? instrument.Name : $"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(static tag => tag.Value))}}}", value));
}
