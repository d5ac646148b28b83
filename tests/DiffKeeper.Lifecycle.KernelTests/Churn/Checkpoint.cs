namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Where a running container waits until it may be ended.</summary>
internal sealed class Checkpoint
{
    private readonly TaskCompletionSource<string> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The ID of the container that waits.</summary>
    public Task<string> Reached => _reached.Task;

    public void Open() => _open.TrySetResult();

    public Task PassAsync(string containerId)
    {
        _reached.TrySetResult(containerId);
        return _open.Task;
    }
}
