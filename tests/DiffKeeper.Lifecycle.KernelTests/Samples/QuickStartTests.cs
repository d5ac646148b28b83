using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Samples;

/// <summary>The ten lines that the documentation begins with.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class QuickStartTests
{
    [Test]
    public async Task It_prints_a_containers_whole_life_with_its_exit_code()
    {
        BareEngine runc = await SharedEngines.RuncAsync();
        await using var program = new RunningProgram(SampleProgram.Describe("QuickStartDirectory", "diffkeeper-quickstart"));
        await program.WaitForAsync("Tracing: start a container.");

        string id = (await runc.RunAsync(ContainerSpec.Exiting(7))).Id;
        await program.WaitUntilAsync(() => StatesOf(program, id).Contains("Delete"));

        Assert.That(StatesOf(program, id), Is.EqualTo(["Create", "Start", "Stop", "Delete"]));
        Assert.That(program.Output, Has.One.Contains($"Stop {id} runc").And.EndsWith("exit 7"));
    }

    private static IEnumerable<string> StatesOf(RunningProgram program, string id) =>
        program.Output.Select(static line => line.Split(' ')).Where(words => words is [_, _, var container, ..] && container == id).Select(static words => words[1]);
}
