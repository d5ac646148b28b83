using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>Subscribes to a tracer when it is made, and keeps what it is told.</summary>
internal sealed class EventRecorder : IAsyncDisposable
{
    private readonly List<LifecycleEvent> _events = [];
    private readonly CancellationTokenSource _leaving = new();
    private TaskCompletionSource _changed = NewSignal();

    public EventRecorder(ILifecycleTracer tracer) => Completion = RecordAsync(tracer.ReadAllAsync(_leaving.Token));

    /// <summary>Ends with the enumeration, in the way in which the enumeration ended.</summary>
    public Task Completion { get; }

    public IReadOnlyList<LifecycleEvent> All
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<LifecycleEvent> Of(string containerId) => [.. All.Where(e => e.ContainerId == containerId)];

    /// <summary>Returns the container's first event of that state, or its <paramref name="occurrence"/>th, once it has come.</summary>
    public async Task<LifecycleEvent> WaitForAsync(string containerId, LifecycleState state, int occurrence = 1)
    {
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        while (true)
        {
            Task changed = Volatile.Read(ref _changed).Task;
            if (Of(containerId).Where(e => e.State == state).ElementAtOrDefault(occurrence - 1) is { } found)
                return found;

            await WaitForChangeAsync(changed, containerId, state, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await Completion.ContinueWith(_ => { }, TaskScheduler.Default);
        _leaving.Dispose();
    }

    private async Task RecordAsync(IAsyncEnumerable<LifecycleEvent> events)
    {
        await foreach (LifecycleEvent e in events)
        {
            lock (_events)
            {
                _events.Add(e);
            }

            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }
    }

    private async Task WaitForChangeAsync(Task changed, string containerId, LifecycleState state, CancellationToken deadline)
    {
        Task ended = await Task.WhenAny(changed, Completion, Task.Delay(Timeout.Infinite, deadline));
        if (ended != changed)
        {
            string why = ended == Completion ? $"the stream ended ({Completion.Status})" : $"{Eventually.Patience.TotalSeconds} s passed";
            throw new AssertionException(
                $"{why} without {state} of {containerId}; it had: {string.Join(Environment.NewLine, Of(containerId).DefaultIfEmpty())}");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
