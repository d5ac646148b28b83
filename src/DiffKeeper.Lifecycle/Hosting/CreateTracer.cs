using DiffKeeper.Lifecycle.Tracing;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Begins to trace.</summary>
internal delegate IRunningTracer CreateTracer(HostedTracerOptions options);
