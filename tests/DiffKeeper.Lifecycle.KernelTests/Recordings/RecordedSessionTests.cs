using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Churn;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Recordings;

/// <summary>What the sample program prints while it records real containers, against what it prints of the recording.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "podman", "conmon", "runc", "crun", "busybox", "setpriv")]
public sealed class RecordedSessionTests
{
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private BareEngine _sentinels = null!;
    private ChurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartNode()
    {
        _sentinels = await SharedEngines.RuncAsync();
        _node = await ChurnNode.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopNode() => await _node.DisposeAsync();

    [TestCase("docker", ChurnEngineKind.Docker)]
    [TestCase("containerd", ChurnEngineKind.Ctr)]
    [TestCase("cri", ChurnEngineKind.Cri)]
    [TestCase("podman", ChurnEngineKind.PodmanCrun)]
    [TestCase("cri-o", ChurnEngineKind.CrioRunc)]
    [TestCase("mixed", ChurnEngineKind.Docker, ChurnEngineKind.Cri, ChurnEngineKind.PodmanRunc, ChurnEngineKind.CrioCrun, ChurnEngineKind.Runc, ChurnEngineKind.Crun)]
    public async Task A_recording_is_printed_as_the_session_was(string name, params object[] engines)
    {
        await using var directory = new PrivateDirectory("recording");
        string recording = directory.File("session.dkrec");
        (ChurnTask Task, Checkpoint Checkpoint)[] existing = [.. engines.Cast<ChurnEngineKind>().Select(ChurnTask.Lasting)];
        Task staying = _node.RunAsync(existing.Select(static lasting => lasting.Task), existing.Length, TestContext.CurrentContext.CancellationToken);
        await await Task.WhenAny(Task.WhenAll(existing.Select(static lasting => lasting.Checkpoint.Reached)), staying);

        await using TracingProcess program = await TracingProcess.StartAsync("--output", "json", "--include-execs", "--record", recording);
        await _node.RunAsync(engines.Cast<ChurnEngineKind>().SelectMany(Play), parallel: 3, TestContext.CurrentContext.CancellationToken);
        foreach ((_, Checkpoint checkpoint) in existing)
            checkpoint.Open();
        await staying;
        FinishedContainer last = await _sentinels.RunAsync(ContainerSpec.Shortest);
        await program.WaitForEventsOfAsync(last.Id);
        int exitCode = await program.EndAsync(ProcessSignal.Terminate);

        Assert.That(exitCode, Is.Zero, program.Errors);
        Assert.That(File.GetUnixFileMode(recording), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.SetUnixFileMode(recording, ReadableByAll);
        BufferedCommandResult replay = await Tool.TryAsync(
            DiffkeeperProgram.DescribeUnprivileged(directory, "--replay", recording, "--output", "json", "--include-execs"));
        string[] told = [.. replay.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.That(replay.ExitCode, Is.Zero, replay.StandardError);
        Assert.That(replay.StandardError, Is.Empty);
        Assert.That(Own(program.Output), Has.Some.Contains("\"existing\":true").And.Some.Contains("\"exec\""));
        Assert.That(Own(told), Is.EqualTo(Own(program.Output)));
        await KeptRecordings.KeepAsync(name, recording, program.Output);
    }

    private static IEnumerable<ChurnTask> Play(ChurnEngineKind engine) =>
    [
        new ChurnTask(engine, [Scenario.Exits(3, TimeSpan.Zero)]),
        new ChurnTask(engine, [Scenario.Killed(ChurnExec.All[0])]),
        new ChurnTask(engine, [Scenario.BadEntrypoint("/no/such/program")]),
        new ChurnTask(engine, [Scenario.OutOfMemory()]),
    ];

    /// <summary>Without those of others, who may use this machine as well, and go on while the one ends and the other is recorded.</summary>
    private string[] Own(IEnumerable<string> lines)
        => [.. lines.Where(line => _node.Directories.Any(directory => line.Contains(directory, StringComparison.Ordinal)))];
}
