namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

/// <summary>A call on a thread of its own, of which it can be told whether it sleeps in the kernel.</summary>
internal sealed class ReaderThread<T>
{
    private readonly TaskCompletionSource<string> _status = new();

    public ReaderThread(Func<T> call) =>
        Result = Task.Factory.StartNew(
            () =>
            {
                string thread = new FileInfo("/proc/thread-self").LinkTarget!;
                _status.SetResult($"/proc/{thread}/stat");
                return call();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    public Task<T> Result { get; }

    /// <summary>Returns when the thread is seen asleep often enough that it's no passing lock.</summary>
    public async Task IsAsleep(TimeSpan patience)
    {
        string status = await _status.Task;
        using var limit = new CancellationTokenSource(patience);
        for (int seen = 0; seen < 20; await Task.Yield())
        {
            limit.Token.ThrowIfCancellationRequested();
            string text = await File.ReadAllTextAsync(status, limit.Token);
            seen = text[text.LastIndexOf(')') + 2] == 'S' ? seen + 1 : 0;
        }
    }
}
