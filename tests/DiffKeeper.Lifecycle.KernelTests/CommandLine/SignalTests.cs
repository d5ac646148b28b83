using System.Text;
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

    /// <summary>A shell that says who its parent is, and then which signals it is sent.</summary>
    private const string Script = """
        for name in HUP INT QUIT USR1 USR2 WINCH; do trap "echo $name" $name; done
        trap 'echo TERM; exit 9' TERM
        echo $PPID
        while :; do sleep 0.01; done
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

    /// <summary>The program leaves the terminal's group, so that nobody but diffkeeper can send it what is typed; it reads what is typed afterwards.</summary>
    [Test]
    [RequireKernel("script", "stty", "setsid")]
    public async Task What_the_terminal_sends_to_its_whole_group_is_not_passed_on_a_second_time()
    {
        const string CtrlCAndALine = "\u0003typed\n";
        var isReady = new TaskCompletionSource();
        await using var directory = new PrivateDirectory("terminal");
        await File.WriteAllTextAsync(directory.File("script"), Script.Replace("while", "read line; echo $line; while", StringComparison.Ordinal));
        string command = $"stty -echo; {DiffkeeperProgram.Path} --enable-ebpf=false -- setsid sh {directory.File("script")}";
        await using var terminal = new RunningProgram(DiffkeeperProgram
            .UseSameDotnet(Tool.Describe("script", "--quiet", "--return", "--command", command, "/dev/null"))
            .WithStandardInputPipe(PipeSource.Create(async (input, cancellationToken) =>
            {
                await isReady.Task.WaitAsync(cancellationToken);
                await input.WriteAsync(Encoding.ASCII.GetBytes(CtrlCAndALine), cancellationToken);
                await input.FlushAsync(cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            })));
        int diffkeeper = 0;
        await terminal.WaitUntilAsync(() => terminal.Output.Any(line => int.TryParse(line, out diffkeeper)));

        isReady.SetResult();
        await terminal.WaitForAsync("typed");
        ProcessSignal.Send(diffkeeper, User1);
        await terminal.WaitForAsync("USR1");
        ProcessSignal.Send(diffkeeper, ProcessSignal.Terminate);
        await terminal.WaitForAsync("TERM");

        Assert.That(terminal.Output, Has.None.EqualTo("INT"));
    }
}
