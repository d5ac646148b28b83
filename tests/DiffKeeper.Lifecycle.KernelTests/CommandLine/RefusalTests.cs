using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>What the sample program says when it cannot do what it is asked.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(60_000)]
public sealed class RefusalTests
{
    [TestCase("--output=xml")]
    [TestCase("--no-such-option")]
    [TestCase("no-such-command")]
    [TestCase("--enable-ebpf=perhaps")]
    [TestCase("--auto-inject=perhaps")]
    [TestCase("--inject-state=stop")]
    [TestCase("--inject-timeout=soon")]
    [TestCase("--inject-timeout=0")]
    [TestCase("--inject-timeout=25h")]
    [TestCase("--inject-concurrency=0")]
    [TestCase("--lifecycle-buffer=-1")]
    [TestCase("--ring-bytes=5000", "power of two")]
    [TestCase("--inject-namespace=", "--inject-namespace")]
    [TestCase("--listen=9464")]
    [TestCase("--listen=127.0.0.1")]
    [TestCase("--listen=[::1]")]
    [TestCase("--listen=localhost:9464")]
    [TestCase("--listen=127.0.0.1:99999")]
    [TestCase("--enable-ebpf=false", "--enable-ebpf")]
    public async Task What_it_does_not_know_ends_with_exit_code_2_and_one_sentence(string argument, string? named = null)
    {
        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.Describe(argument));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        AssertThat.OneSentenceNames(named ?? argument.Split('=')[^1], result);
    }

    [TestCase("DIFFKEEPER_EBPF_LIFECYCLE_TRACING", "perhaps")]
    [TestCase("DIFFKEEPER_EBPF_AUTO_INJECT", "perhaps")]
    [TestCase("DIFFKEEPER_EBPF_LIFECYCLE_BUFFER", "many")]
    public async Task So_does_a_variable_that_says_nothing_sensible(string variable, string value)
    {
        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.UseSameDotnet(Tool.Describe(DiffkeeperProgram.Path), (variable, value)));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        AssertThat.OneSentenceNames($"{variable} is '{value}'", result);
    }

    [TestCase("--injector-cmd=inject.sh", "inject.sh")]
    [TestCase("--injector-cmd=/no/such/injector", "/no/such/injector")]
    [TestCase("--state-dir=/proc/no", "--state-dir")]
    [TestCase("--store=/proc/no/db.bolt", "--store")]
    [TestCase("--store=/", "--store")]
    [RequireKernel]
    public async Task So_does_an_injector_that_cannot_be_run_or_be_given_what_it_is_to_have(string argument, string named)
    {
        using var injector = new RecordingInjector();

        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.UseSameDotnet(
            Tool.Describe(DiffkeeperProgram.Path, argument), ("DIFFKEEPER_EBPF_INJECTOR_CMD", injector.Command)));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        AssertThat.OneSentenceNames(named, result);
    }

    [Test]
    [RequireKernel("setpriv")]
    public async Task A_user_without_the_privileges_gets_exit_code_1_and_one_sentence()
    {
        await using var directory = new PrivateDirectory("unprivileged");

        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.DescribeUnprivileged(directory));

        Assert.That(result.ExitCode, Is.EqualTo(1));
        AssertThat.OneSentenceNames("CAP_BPF", result);
    }
}
