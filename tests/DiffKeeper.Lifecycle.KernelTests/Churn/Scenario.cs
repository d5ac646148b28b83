using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>What is to happen to one container.</summary>
internal sealed record Scenario(Ending Ending, ContainerSpec Spec)
{
    /// <summary>What engines have to say when it has ended.</summary>
    public int ExitCode { get; init; }

    public int? Signal { get; init; }

    /// <summary>What is executed in it, one after the other, in each of its lives.</summary>
    public IReadOnlyList<ChurnExec> Execs { get; init; } = [];

    /// <summary>What it waits at before it is ended, once it runs; <see langword="null"/> for nothing.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>How often it is started.</summary>
    public int Lives { get; init; } = 1;

    /// <summary>Whether it stays until the engine is told to end it.</summary>
    public bool IsLasting => Ending is Ending.Killed or Ending.Terminates;

    /// <summary>Whether its entrypoint is executed.</summary>
    public bool IsStarted => Ending is not (Ending.BadEntrypoint or Ending.NeverStarted);

    public override string ToString() => $"{Ending} {string.Join(' ', Spec.Command)} (exit code {ExitCode}, {Lives} lives)";

    public static Scenario Exits(int exitCode, TimeSpan after) => new(Ending.Exits, Exiting(exitCode, after)) { ExitCode = exitCode };

    public static Scenario SignalsItself(int signal) =>
        new(Ending.SignalsItself, new ContainerSpec("sh", "-c", $"kill -{signal} $$") { HostPidNamespace = true }) { ExitCode = 128 + signal, Signal = signal };

    public static Scenario Killed(params IReadOnlyList<ChurnExec> execs) =>
        new(Ending.Killed, ContainerSpec.Lasting) { ExitCode = 128 + ProcessSignal.Kill, Signal = ProcessSignal.Kill, Execs = execs };

    public static Scenario Terminates(int exitCode, params IReadOnlyList<ChurnExec> execs) =>
        new(Ending.Terminates, ContainerSpec.ExitingOnTerminate(exitCode)) { ExitCode = exitCode, Execs = execs };

    /// <summary>runc itself, which is in the container's cgroup at first, has to get by with the limit on a busy machine.</summary>
    public static Scenario OutOfMemory() =>
        new(Ending.OutOfMemory, ContainerSpec.OutOfMemory with { MemoryLimit = 64 << 20 }) { ExitCode = 128 + ProcessSignal.Kill, Signal = ProcessSignal.Kill };

    public static Scenario BadEntrypoint(string path) => new(Ending.BadEntrypoint, new ContainerSpec(path));

    public static Scenario NeverStarted() => new(Ending.NeverStarted, ContainerSpec.Lasting);

    /// <summary>Whether it can have gone as it was to go. Each engine has an exit code of its own for what could not be executed.</summary>
    public bool IsExpected(int exitCode) => IsStarted ? exitCode == ExitCode : exitCode != 0;

    private static ContainerSpec Exiting(int exitCode, TimeSpan after) => (exitCode, after.Ticks) switch
    {
        (0, 0) => ContainerSpec.Shortest,
        (_, 0) => ContainerSpec.Exiting(exitCode),
        _ => new ContainerSpec("sh", "-c", string.Create(CultureInfo.InvariantCulture, $"sleep {after.TotalSeconds}; exit {exitCode}")),
    };
}
