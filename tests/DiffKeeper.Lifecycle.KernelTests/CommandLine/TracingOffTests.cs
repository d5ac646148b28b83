using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The program that diffkeeper is to run runs also where nothing is traced.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(60_000)]
public sealed class TracingOffTests
{
    private const string Variable = "DIFFKEEPER_EBPF_LIFECYCLE_TRACING";

    private static readonly string[] Program = ["--", "sh", "-c", "echo runs; exit 3"];

    [TestCase("--enable-ebpf=false")]
    [TestCase("--enable-ebpf=No")]
    public async Task Switched_off_by_an_option_the_program_runs_after_one_warning(string option) =>
        AssertThatOnlyTheProgramRan("switched off", await Tool.TryAsync(DiffkeeperProgram.Describe([option, .. Program])));

    [TestCase("false")]
    [TestCase("0")]
    [TestCase("no")]
    [TestCase("OFF")]
    public async Task So_it_does_switched_off_by_the_variable(string value) =>
        AssertThatOnlyTheProgramRan("switched off", await RunAsync(value, Program));

    [Test]
    public async Task The_option_wins_over_the_variable_that_says_on() =>
        AssertThatOnlyTheProgramRan("switched off", await RunAsync("true", ["--enable-ebpf=false", .. Program]));

    [TestCase("false", "--enable-ebpf")]
    [TestCase("perhaps", "--enable-ebpf=yes")]
    [TestCase("Yes")]
    [TestCase("")]
    [RequireKernel]
    public async Task The_option_wins_over_the_variable_that_says_off_and_without_either_tracing_is_on(string value, params string[] options)
    {
        BufferedCommandResult result = await RunAsync(value, [.. options, .. Program]);

        Assert.That(result.StandardError, Does.Contain("tracing: what becomes of every container"));
        Assert.That(result.ExitCode, Is.EqualTo(3));
    }

    [Test]
    [RequireKernel("setpriv")]
    public async Task Where_tracing_is_forbidden_the_program_runs_after_one_warning_that_says_why()
    {
        await using var directory = new PrivateDirectory("unprivileged");

        AssertThatOnlyTheProgramRan("CAP_BPF", await Tool.TryAsync(DiffkeeperProgram.DescribeUnprivileged(
            directory, ["--enable-ebpf", "--auto-inject", "--injector-cmd=/no/injector", "--state-dir=/no/state", "--store=/no/store", .. Program])));
    }

    private static Task<BufferedCommandResult> RunAsync(string value, IReadOnlyList<string> arguments) =>
        Tool.TryAsync(DiffkeeperProgram.UseSameDotnet(Tool.Describe(DiffkeeperProgram.Path, arguments), (Variable, value)));

    private static void AssertThatOnlyTheProgramRan(string why, BufferedCommandResult result)
    {
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.StandardOutput, Is.EqualTo("runs\n"));
        Assert.That(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1).And.One.Contains(why).And.One.StartsWith("warn:"));
    }
}
