namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A container that ended, with the exit code that its engine's client passed on.</summary>
internal sealed record FinishedContainer(string Id, int ExitCode, string Output);
