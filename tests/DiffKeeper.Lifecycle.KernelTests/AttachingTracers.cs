namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Tracers that attach one after the other while something goes on, each with a recorder.</summary>
internal sealed class AttachingTracers : IAsyncDisposable
{
    private const int Most = 4;
    private readonly List<LifecycleTracer> _tracers = [];
    private readonly List<EventRecorder> _recorders = [];

    public IReadOnlyList<EventRecorder> Recorders => _recorders;

    public async Task AttachUntilAsync(Task end)
    {
        while (!end.IsCompleted && _tracers.Count < Most)
        {
            // On a thread of its own, so that what goes on does go on meanwhile.
            LifecycleTracer tracer = await Task.Run(() => LifecycleTracer.Create());
            _tracers.Add(tracer);
            _recorders.Add(new EventRecorder(tracer));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (EventRecorder recorder in _recorders)
            await recorder.DisposeAsync();

        foreach (LifecycleTracer tracer in _tracers)
            await tracer.DisposeAsync();
    }
}
