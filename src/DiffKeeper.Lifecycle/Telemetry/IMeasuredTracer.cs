namespace DiffKeeper.Lifecycle.Telemetry;

/// <summary>A tracer whose figures the metrics show.</summary>
internal interface IMeasuredTracer
{
    /// <summary>What it has counted, and what is there. Called on any thread, but not any more once it has left the metrics.</summary>
    TracerFigures Measure();
}
