using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DiffKeeper.Lifecycle.KernelTests.Hosting;

/// <summary>What the meters of one host have recorded, added up, by the instrument's name and its tags' values.</summary>
internal sealed class HostMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly ConcurrentDictionary<string, double> _observed = new();

    public HostMetrics(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LifecycleTelemetry.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public double this[string series]
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _observed.GetValueOrDefault(series) + _sums.GetValueOrDefault(series);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string series = tags.IsEmpty ? instrument.Name : $"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(static tag => tag.Value))}}}";
        if (instrument.IsObservable)
            _observed[series] = value;
        else
            _sums.AddOrUpdate(series, value, (_, sum) => sum + value);
    }
}
