using OpenTelemetry.Resources;

namespace DiffKeeper.Cli.Export;

/// <summary>What this program is called wherever its telemetry goes. <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> have the last word.</summary>
internal static class ProgramResource
{
    private const string Name = "diffkeeper";

    // Once, so that all signals name one and the same instance.
    private static readonly string Instance = Guid.NewGuid().ToString();

    public static ResourceBuilder Describe() => ResourceBuilder.CreateEmpty()
        .AddService(Name, serviceVersion: typeof(ProgramResource).Assembly.GetName().Version?.ToString(3), serviceInstanceId: Instance)
        .AddAttributes([new KeyValuePair<string, object>("host.name", Environment.MachineName)])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
