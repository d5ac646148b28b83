using System.Runtime.CompilerServices;

namespace DiffKeeper.Lifecycle.Tracing;

/// <summary>Waits for a queue. Whoever puts something into it does not go on as its reader there and then, but as <see cref="ReadingTurns"/> says.</summary>
/// <param name="queue">The wait; whoever ends it runs what is to follow.</param>
/// <param name="turns">Where it follows.</param>
internal readonly struct QueueAwaiter(ValueTask<bool> queue, ReadingTurns turns) : ICriticalNotifyCompletion
{
    private readonly ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _queue = queue.ConfigureAwait(false).GetAwaiter();
    private readonly ReadingTurns _turns = turns;

    public bool IsCompleted => _queue.IsCompleted;

    public QueueAwaiter GetAwaiter() => this;

    public bool GetResult() => _queue.GetResult();

    public void OnCompleted(Action continuation)
    {
        ReadingTurns turns = _turns;
        _queue.OnCompleted(() => turns.Resume(continuation));
    }

    public void UnsafeOnCompleted(Action continuation)
    {
        ReadingTurns turns = _turns;
        _queue.UnsafeOnCompleted(() => turns.Resume(continuation));
    }
}
