using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>The clock of the node that was recorded.</summary>
internal sealed class ReplayedClock(Tape tape) : IBootClock
{
    private long _bootTicks;

    public DateTimeOffset ToUtc(ulong bootNanoseconds)
    {
        _bootTicks = tape.Answer(NodeQuestions.BootTicks, QuestionKey.Node, missing: _bootTicks);
        return new DateTimeOffset(_bootTicks + BootClock.ToTicks(bootNanoseconds), TimeSpan.Zero);
    }
}
