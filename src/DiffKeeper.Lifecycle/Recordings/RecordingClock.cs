using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>A clock whose answers are written down: either of the two that it goes by may be set while it runs.</summary>
internal sealed class RecordingClock(IBootClock clock, SessionRecorder recorder) : IBootClock
{
    public DateTimeOffset ToUtc(ulong bootNanoseconds)
    {
        DateTimeOffset time = clock.ToUtc(bootNanoseconds);
        recorder.Note(NodeQuestions.BootTicks, QuestionKey.Node, time.UtcTicks - BootClock.ToTicks(bootNanoseconds));
        return time;
    }
}
