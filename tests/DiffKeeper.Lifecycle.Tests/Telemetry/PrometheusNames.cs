using System.Diagnostics.Metrics;

namespace DiffKeeper.Lifecycle.Tests.Telemetry;

/// <summary>What Prometheus calls an instrument: OpenTelemetry's rules for its names.</summary>
internal static class PrometheusNames
{
    public static IEnumerable<string> Of(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_') + UnitOf(instrument);
        return instrument switch
        {
            Histogram<double> => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            Counter<long> or ObservableCounter<long> => [$"{name}_total"],
            _ => [name],
        };
    }

    private static string UnitOf(Instrument instrument) => instrument.Unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };
}
