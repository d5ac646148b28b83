using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Samples;

/// <summary>The sample of an injector of one's own: it sets the score by which the kernel chooses whom to kill for memory.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class InjectorSampleTests
{
    private BareEngine _runc = null!;

    [OneTimeSetUp]
    public async Task StartRunc() => _runc = await SharedEngines.RuncAsync();

    [Test]
    public async Task A_container_has_the_score_and_a_second_run_changes_nothing_however_often()
    {
        await using var directory = new PrivateDirectory("score");
        string id = await _runc.StartAsync(ContainerSpec.Lasting);
        await RunUntilItPrintsAsync("500", directory.File("ledger"), $"[AutoInject] Injected {id}");
        int pid = await _runc.InitPidAsync(id);
        string first = await ScoreAsync(pid);
        await RunUntilItPrintsAsync("500", directory.File("another"), $"[AutoInject] Skipped {id}: Its score is 500 already.");
        await RunUntilItPrintsAsync("400", directory.File("third"), $"[AutoInject] Skipped {id}: Its score is 500 already.");
        string last = await ScoreAsync(pid);
        await _runc.RemoveAsync(id);

        Assert.That((first, last), Is.EqualTo(("500", "500")));
    }

    [Test]
    public async Task What_the_container_starts_inherits_the_score()
    {
        await using var directory = new PrivateDirectory("score");
        await using RunningProgram program = await StartAsync("600", directory.File("ledger"));
        string id = await _runc.StartAsync(new ContainerSpec("sh", "-c", "while ! grep -q 600 /proc/self/oom_score_adj; do :; done; exec sleep 1000"));
        await program.WaitUntilAsync(() => program.Output.Any(line => line.Contains($"[AutoInject] Injected {id}", StringComparison.Ordinal)));
        int pid = await _runc.InitPidAsync(id);

        Assert.That(
            await Eventually.HoldsAsync(async () => (await File.ReadAllTextAsync($"/proc/{pid}/comm")) == "sleep\n"), "grep, which the container started, has seen the score");
        await _runc.RemoveAsync(id);
    }

    [Test]
    public async Task A_score_that_the_kernel_has_not_is_refused_with_exit_code_2()
    {
        BufferedCommandResult result = await Tool.TryAsync(SampleProgram.Describe("InjectorDirectory", "diffkeeper-injector", "1001"));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.StandardError, Does.StartWith("Usage: diffkeeper-injector SCORE"));
    }

    private static async Task<RunningProgram> StartAsync(string score, string ledger)
    {
        var program = new RunningProgram(SampleProgram.Describe("InjectorDirectory", "diffkeeper-injector", score, ledger));
        await program.WaitUntilAsync(() => program.Output.Any(static line => line.Contains("Application started", StringComparison.Ordinal)));
        return program;
    }

    private static async Task RunUntilItPrintsAsync(string score, string ledger, string text)
    {
        await using RunningProgram program = await StartAsync(score, ledger);
        await program.WaitUntilAsync(() => program.Output.Any(line => line.Contains(text, StringComparison.Ordinal)));
    }

    private static async Task<string> ScoreAsync(int pid) => (await File.ReadAllTextAsync($"/proc/{pid}/oom_score_adj")).Trim();
}
