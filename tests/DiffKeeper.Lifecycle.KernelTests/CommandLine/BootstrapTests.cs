using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The program that diffkeeper runs: what it gets, and what becomes of its end.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
public sealed class BootstrapTests
{
    private static readonly string[] Off = ["--enable-ebpf=false", "--"];

    [TestCase("exit 0", 0)]
    [TestCase("exit 3", 3)]
    [TestCase("kill -KILL $$", 137)]
    [TestCase("kill -TERM $$", 143)]
    public async Task Its_exit_code_is_the_program_s_and_128_more_than_the_signal_that_killed_it(string script, int exitCode)
    {
        BufferedCommandResult result = await RunAsync([.. Off, "sh", "-c", script]);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.StandardError);
    }

    [Test]
    [RequireKernel]
    public async Task Standard_output_is_the_program_s_own_as_long_as_nobody_asks_for_events()
    {
        BufferedCommandResult result = await RunAsync("--", "sh", "-c", "echo out; echo err >&2");

        Assert.That(result.StandardOutput, Is.EqualTo("out\n"));
        Assert.That(result.StandardError.Split('\n'), Does.Contain("err"));
    }

    [Test]
    [RequireKernel("runc", "busybox")]
    public async Task Whoever_asks_for_events_gets_all_of_what_the_program_ran_beside_its_output()
    {
        await using var directory = new PrivateDirectory("bootstrap");
        PreparedContainer container = await PreparedContainer.MakeAsync(directory);

        BufferedCommandResult result = await RunAsync("--output", "json", "--", "sh", "-c", $"{container.CommandsToStart}\n{container.CommandToRemove}\necho out");

        string[] lines = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Does.Contain("out"));
        Assert.That(lines.Count(line => line.Contains(container.Id, StringComparison.Ordinal)), Is.EqualTo(4), result.StandardOutput);
    }

    [TestCase("no-such-program", 127)]
    [TestCase("/no/such/program", 127)]
    [TestCase("/etc", 126)]
    [TestCase("/etc/passwd", 126)]
    public async Task A_program_that_cannot_be_executed_is_told_of_in_one_sentence_with_a_shell_s_exit_code(string program, int exitCode)
    {
        BufferedCommandResult result = await RunAsync("--", program);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        AssertThat.OneSentenceNames(program, result);
    }

    [Test]
    public async Task A_program_without_a_slash_is_not_looked_for_in_the_working_directory()
    {
        await using var directory = new PrivateDirectory("bootstrap");
        File.Copy("/bin/true", directory.File("only-here"));

        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.Describe([.. Off, "only-here"]).WithWorkingDirectory(directory.Path));

        Assert.That(result.ExitCode, Is.EqualTo(127), result.StandardError);
    }

    [Test]
    [RequireKernel("unshare")]
    public async Task As_a_container_s_first_process_it_takes_leave_of_orphans()
    {
        const string OrphansGone = "for i in 1 2 3; do (true &); done; until [ \"$(cat /proc/1/task/1/children | wc -w)\" -le 1 ]; do sleep 0.1; done; exit 5";

        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.UseSameDotnet(
            Tool.Describe("unshare", ["--pid", "--fork", "--mount-proc", DiffkeeperProgram.Path, .. Off, "sh", "-c", OrphansGone])));

        Assert.That(result.ExitCode, Is.EqualTo(5), result.StandardError);
    }

    private static Task<BufferedCommandResult> RunAsync(params IReadOnlyList<string> arguments) => Tool.TryAsync(DiffkeeperProgram.Describe(arguments));
}
