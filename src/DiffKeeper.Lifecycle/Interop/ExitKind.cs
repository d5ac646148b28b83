namespace DiffKeeper.Lifecycle.Interop;

/// <summary>How a child ended (<c>si_code</c>, linux/siginfo.h).</summary>
internal enum ExitKind
{
    Exited = 1, // CLD_EXITED
    Killed = 2, // CLD_KILLED
    Dumped = 3, // CLD_DUMPED
}
