using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Options;

/// <param name="File">The recording.</param>
/// <param name="Timing">When it is told what happened.</param>
internal sealed record ReplaySettings(string File, ReplayTiming Timing);
