using DiffKeeper.Cli.Options;
using OpenTelemetry.Exporter;

namespace DiffKeeper.Cli.Export;

/// <summary>Metrics, traces or logs, and whether OpenTelemetry's own variables say that they are exported by OTLP.</summary>
internal sealed class OtlpSignal
{
    private const string Otlp = "otlp";
    private const string Disabled = "OTEL_SDK_DISABLED";
    private const string AnyEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly string _exporters;
    private readonly string _endpoint;

    private OtlpSignal(string name)
    {
        _exporters = $"OTEL_{name}_EXPORTER";
        _endpoint = $"OTEL_EXPORTER_OTLP_{name}_ENDPOINT";
    }

    public static OtlpSignal Metrics { get; } = new("METRICS");

    public static OtlpSignal Traces { get; } = new("TRACES");

    public static OtlpSignal Logs { get; } = new("LOGS");

    /// <summary>
    /// The specification would have everything exported to this machine where no variable is set. Here nothing begins unless one names the exporter, or says
    /// where to.
    /// </summary>
    public bool IsExported => !IsDisabled && (EnvironmentSettings.Text(_exporters) is { } exporters
        ? exporters.Split(',', StringSplitOptions.TrimEntries).Contains(Otlp)
        : EnvironmentSettings.Text(_endpoint) is not null || EnvironmentSettings.Text(AnyEndpoint) is not null);

    private static bool IsDisabled => bool.TryParse(EnvironmentSettings.Text(Disabled), out bool isDisabled) && isDisabled;

    /// <summary>The variables of all signals are read by the options themselves; the signal's own endpoint is used as it stands.</summary>
    /// <exception cref="UsageException">The endpoint is not an address.</exception>
    public void Configure(OtlpExporterOptions options)
    {
        if (EnvironmentSettings.Text(_endpoint) is not { } endpoint)
            return;
        options.Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)
            ? address
            : throw new UsageException($"The variable {_endpoint} is '{endpoint}': an address such as http://collector:4318/v1/logs is expected.");
    }
}
