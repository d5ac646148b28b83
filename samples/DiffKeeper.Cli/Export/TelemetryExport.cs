using DiffKeeper.Lifecycle;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DiffKeeper.Cli.Export;

/// <summary>Sends metrics and the spans of injections to where OpenTelemetry's variables say, if they do.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private TelemetryExport(MeterProvider? metrics, TracerProvider? traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    /// <exception cref="UsageException">A variable's value can't be read.</exception>
    public static TelemetryExport Begin() => new(
        OtlpSignal.Metrics.IsExported ? ExportMetrics() : null,
        OtlpSignal.Traces.IsExported ? ExportTraces() : null);

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private static MeterProvider ExportMetrics() => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(ProgramResource.Describe())
        .AddMeter(LifecycleTelemetry.MeterName)
        .AddOtlpExporter(OtlpSignal.Metrics.Configure)
        .Build();

    private static TracerProvider ExportTraces() => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(ProgramResource.Describe())
        .AddSource(LifecycleTelemetry.ActivitySourceName)
        .AddOtlpExporter(OtlpSignal.Traces.Configure)
        .Build();
}
