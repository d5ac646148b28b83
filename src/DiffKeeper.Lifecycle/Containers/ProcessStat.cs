using System.Buffers.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What /proc/PID/stat (proc_pid_stat(5)) says of a process, or of a thread, as far as it is needed here.</summary>
/// <param name="State">One letter.</param>
/// <param name="Parent">The process whose child it is.</param>
/// <param name="Session">The process that began its session.</param>
/// <param name="Threads">How many threads the process has.</param>
/// <param name="StartTicks">When it began, in hundredths of a second since boot.</param>
internal readonly record struct ProcessStat(char State, int Parent, int Session, int Threads, ulong StartTicks)
{
    // Counted behind the name's closing parenthesis.
    private const int ParentField = 1;
    private const int SessionField = 3;
    private const int ThreadsField = 17;
    private const int StartTimeField = 19;

    /// <summary>Whether it does not only wait to be reaped.</summary>
    public bool IsAlive => State is not ('Z' or 'X');

    public static ProcessStat? Parse(ReadOnlySpan<byte> text)
    {
        // The name stands in parentheses and may hold anything, parentheses and spaces too.
        ReadOnlySpan<byte> rest = text[(text.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ');
        if (rest.IsEmpty)
            return null;

        char state = (char)rest[0];
        int parent = 0, session = 0, threads = 0;
        for (int field = 0; !rest.IsEmpty; field++)
        {
            switch (field)
            {
                case ParentField when Utf8Parser.TryParse(rest, out parent, out _):
                case SessionField when Utf8Parser.TryParse(rest, out session, out _):
                case ThreadsField when Utf8Parser.TryParse(rest, out threads, out _):
                    break;
                case StartTimeField:
                    return Utf8Parser.TryParse(rest, out ulong startTicks, out _) ? new ProcessStat(state, parent, session, threads, startTicks) : null;
            }

            rest = rest[(rest.IndexOf((byte)' ') is var end and >= 0 ? end + 1 : rest.Length)..];
        }

        return null;
    }
}
