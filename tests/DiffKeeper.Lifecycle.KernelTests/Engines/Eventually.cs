namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Waits for what nothing announces: a socket that answers, a file of <c>/proc</c> that changes.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task<bool> HoldsAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    public static Task<bool> HoldsAsync(Func<bool> condition, TimeSpan? patience = null) =>
        HoldsAsync(() => Task.FromResult(condition()), patience);
}
