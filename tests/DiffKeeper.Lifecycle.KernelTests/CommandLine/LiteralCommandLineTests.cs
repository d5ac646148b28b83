using System.Globalization;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The command line as the documentation has it, to the letter.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class LiteralCommandLineTests
{
    private const string InjectorDirectory = "/opt/diffkeeper";

    private static readonly string[] Directories = [InjectorDirectory, "/data", "/deltas"];

    private string[] _made = [];

    [SetUp]
    public void LookAtTheMachine()
    {
        _made = [.. Directories.Where(directory => !Directory.Exists(directory))];
        Assume.That(_made, Does.Contain(InjectorDirectory), "This machine has an injector of its own.");
    }

    [TearDown]
    public void LeaveTheMachineAsItWas()
    {
        foreach (string directory in _made.Where(Directory.Exists))
            Directory.Delete(directory);
    }

    [Test]
    public async Task The_documented_line_injects_what_the_program_runs_and_ends_as_the_program_does()
    {
        await using var directory = new PrivateDirectory("bootstrap");
        PreparedContainer container = await PreparedContainer.MakeAsync(directory);
        using var injector = new RecordingInjector(InjectorDirectory);
        await WriteProgramAsync(directory.File("my-bootstrap-command"), $"""
            #!/bin/sh
            printf '<%s>' "$@"
            cat
            {container.CommandsToOutlast(injector)}
            exit 7
            """);

        BufferedCommandResult result = await Tool.TryAsync("from its input" | DiffkeeperProgram.UseSameDotnet(
            Tool.Describe(
                DiffkeeperProgram.Path,
                "--enable-ebpf", "--auto-inject", "--injector-cmd=/opt/diffkeeper/inject.sh", "--state-dir=/data", "--store=/deltas/db.bolt", "--",
                "my-bootstrap-command", "--output", "two words", "--", "@file"),
            ("PATH", $"{directory.Path}:{Programs.SearchPath}")));

        InjectorRun[] runs = [.. injector.Runs.Where(run => run.ContainerId == container.Id)];
        Assert.That(result.ExitCode, Is.EqualTo(7), result.StandardError);
        Assert.That(result.StandardOutput, Is.EqualTo("<--output><two words><--><@file>from its input"));
        Assert.That(runs, Has.Length.EqualTo(1), result.StandardError);
        Assert.That(runs[0].Arguments, Is.EqualTo(new[] { container.Id }));
        Assert.That(int.Parse(runs[0].Variables["PID"], CultureInfo.InvariantCulture), Is.Positive);
        Assert.That(runs[0].Variables.Where(variable => variable.Key != "PID"), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["CONTAINER_ID"] = container.Id,
            ["STATE"] = "start",
            ["RUNTIME"] = "runc",
            ["BUNDLE"] = container.Bundle,
            ["STATE_DIR"] = "/data",
            ["STORE"] = "/deltas/db.bolt",
        }));
        Assert.That(Directories, Has.All.Matches<string>(Directory.Exists));
        Assert.That(File.Exists("/deltas/db.bolt"), Is.False, "The store is not ours to write.");
    }

    private static async Task WriteProgramAsync(string path, string script)
    {
        await File.WriteAllTextAsync(path, script);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
