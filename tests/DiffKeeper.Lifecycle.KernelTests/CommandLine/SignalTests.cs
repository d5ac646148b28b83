using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>Signals are for the program that diffkeeper runs, and reach it once.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(60_000)]
public sealed class SignalTests
{
    private const int User1 = 10;

    /// <summary>A shell that says who its parent is, and then which signals it is sent. It is busy: one that waits for a child takes two of a kind for one.</summary>
    private const string Script = """
        for name in HUP INT QUIT USR1 USR2 WINCH; do trap "echo $name" $name; done
        trap 'echo TERM; exit 9' TERM
        echo $PPID
        while :; do :; done
        """;

    private static readonly (int Number, string Name)[] Passed = [(1, "HUP"), (2, "INT"), (3, "QUIT"), (User1, "USR1"), (12, "USR2"), (28, "WINCH")];

    [Test]
    public async Task Each_is_passed_on_once_and_diffkeeper_ends_only_with_the_program()
    {
        await using var program = new RunningProgram(DiffkeeperProgram.Describe("--enable-ebpf=false", "--", "sh", "-c", Script));
        await program.WaitUntilAsync(() => program.Output.Count == 1);
        foreach ((int number, string name) in Passed)
        {
            ProcessSignal.Send(program.Pid, number);
            await program.WaitForAsync(name);
        }

        int exitCode = await program.EndAsync(ProcessSignal.Terminate);

        Assert.That(exitCode, Is.EqualTo(9));
        Assert.That(program.Output.Skip(1), Is.EqualTo((string[])[.. Passed.Select(signal => signal.Name), "TERM"]));
    }

    [Test]
    [RequireKernel("script", "stty")]
    public async Task What_the_terminal_sends_to_everybody_is_not_passed_on_a_second_time()
    {
        const string CtrlC = "\u0003";
        var typed = new TaskCompletionSource<string>();
        await using var directory = new PrivateDirectory("terminal");
        await File.WriteAllTextAsync(directory.File("script"), $"stty -echo\n{Script}");
        await using var terminal = new RunningProgram(DiffkeeperProgram
            .UseSameDotnet(Tool.Describe("script", "--quiet", "--return", "--command", $"{DiffkeeperProgram.Path} --enable-ebpf=false -- sh {directory.File("script")}", "/dev/null"))
            .WithStandardInputPipe(PipeSource.Create(async (input, cancellationToken) =>
            {
                await input.WriteAsync(System.Text.Encoding.ASCII.GetBytes(await typed.Task.WaitAsync(cancellationToken)), cancellationToken);
                await input.FlushAsync(cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            })));
        int diffkeeper = 0;
        await terminal.WaitUntilAsync(() => terminal.Output.Any(line => int.TryParse(line, out diffkeeper)));

        typed.SetResult(CtrlC);
        await terminal.WaitForAsync("INT");
        ProcessSignal.Send(diffkeeper, User1);
        await terminal.WaitForAsync("USR1");
        ProcessSignal.Send(diffkeeper, ProcessSignal.Terminate);
        await terminal.WaitForAsync("TERM");

        Assert.That(terminal.Output.Count(line => line == "INT"), Is.EqualTo(1));
    }
}
