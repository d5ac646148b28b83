namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// The variable that an injector's program finds in its environment, and hands on to whatever it starts: what descends from it is known by that, wherever it went.
/// </summary>
internal static class InjectionMarker
{
    public const string Variable = "DIFFKEEPER_INJECTION";

    /// <summary>Enough for any environment but one that was made to hide the marker.</summary>
    private const int MaxEnvironmentBytes = 1024 * 1024;

    private static readonly byte[] Assignment = [.. "DIFFKEEPER_INJECTION="u8];

    /// <summary>Whether a process descends from an injector's program; <see langword="null"/> where it has gone, or its environment may not be read.</summary>
    public static bool? IsCarriedBy(int pid) => IsAssignedIn(pid, Assignment);

    /// <summary>Whether a process descends from one run of an injector's program.</summary>
    public static bool? IsCarriedBy(int pid, string run) => IsAssignedIn(pid, [.. Assignment, .. System.Text.Encoding.ASCII.GetBytes(run), 0]);

    private static bool? IsAssignedIn(int pid, byte[] assignment)
        => ProcessFiles.Parse<byte[], bool?>(pid, "environ", MaxEnvironmentBytes, assignment, static (environment, assignment) =>
        {
            for (int at = 0; at < environment.Length;)
            {
                if (environment[at..].StartsWith(assignment))
                    return true;
                int length = environment[at..].IndexOf((byte)0);
                at = length < 0 ? environment.Length : at + length + 1;
            }

            return false;
        });
}
