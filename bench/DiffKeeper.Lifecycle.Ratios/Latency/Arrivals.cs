using System.Collections.Concurrent;

namespace DiffKeeper.Lifecycle.Ratios.Latency;

/// <summary>When somebody was told of the start of each container.</summary>
internal sealed class Arrivals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DateTimeOffset>> _starts = new();

    public void Note(string id, DateTimeOffset time) => Of(id).TrySetResult(time);

    public Task<DateTimeOffset> WaitForAsync(string id) => Of(id).Task.WaitAsync(Patience);

    private TaskCompletionSource<DateTimeOffset> Of(string id)
        => _starts.GetOrAdd(id, static _ => new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously));
}
