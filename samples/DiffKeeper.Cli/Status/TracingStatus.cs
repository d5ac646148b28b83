using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Status;

/// <summary>Whether containers are traced, for whoever asks from another thread.</summary>
internal sealed class TracingStatus
{
    private volatile LifecycleTracer? _tracer;
    private volatile string _reason = "Tracing has not begun yet.";

    /// <summary>Why they aren't; <see langword="null"/> while they are.</summary>
    public string? Fault => _tracer is { } tracer ? tracer.Fault : _reason;

    public void Traces(LifecycleTracer tracer) => _tracer = tracer;

    public void TracesNot(string reason) => _reason = $"Containers are not traced: {reason}";
}
