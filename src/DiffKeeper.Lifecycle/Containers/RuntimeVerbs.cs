using System.Buffers;
using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Reads the verb of an OCI runtime's command line.</summary>
internal static class RuntimeVerbs
{
    private const int LongestVerb = 16;

    public static RuntimeVerb Parse(ReadOnlySpan<byte> word)
    {
        Span<char> buffer = stackalloc char[LongestVerb];
        if (Ascii.ToUtf16(word, buffer, out int written) != OperationStatus.Done)
            return RuntimeVerb.Other;

        return buffer[..written] switch
        {
            "create" => RuntimeVerb.Create,
            "run" => RuntimeVerb.Run,
            "start" => RuntimeVerb.Start,
            "exec" => RuntimeVerb.Exec,
            "kill" => RuntimeVerb.Kill,
            "delete" => RuntimeVerb.Delete,
            "state" => RuntimeVerb.State,
            "pause" => RuntimeVerb.Pause,
            "resume" => RuntimeVerb.Resume,
            "restore" => RuntimeVerb.Restore,
            "checkpoint" => RuntimeVerb.Checkpoint,
            "init" => RuntimeVerb.Init,
            "features" => RuntimeVerb.Features,
            _ => RuntimeVerb.Other,
        };
    }

    public static bool TakesContainerId(RuntimeVerb verb) =>
        verb is not (RuntimeVerb.Unknown or RuntimeVerb.Init or RuntimeVerb.Features or RuntimeVerb.Other);

    /// <summary>Whether arguments may follow the ID: <c>exec ID COMMAND…</c>, <c>kill ID SIGNAL</c>.</summary>
    public static bool TakesMoreThanId(RuntimeVerb verb) => verb is RuntimeVerb.Exec or RuntimeVerb.Kill;
}
