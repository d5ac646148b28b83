namespace DiffKeeper.Lifecycle;

/// <summary>The names under which the library's metrics and spans are listened to.</summary>
public static class LifecycleTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "DiffKeeper.Lifecycle";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>: a span for each attempt to inject a container.</summary>
    public const string ActivitySourceName = "DiffKeeper.Lifecycle";
}
