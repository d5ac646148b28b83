using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>What <c>diffkeeper doctor</c> finds missing is what tracing then fails for.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("dockerd", "docker", "containerd", "ctr", "runc", "busybox", "setpriv")]
public sealed class DoctorTests
{
    private static readonly string[] AsJson = ["doctor", "--output", "json"];

    [Test]
    public async Task As_root_nothing_is_missing_and_the_kernel_has_taken_the_programs()
    {
        (int exitCode, IReadOnlyDictionary<string, string> found) = await ExamineAsync(DiffkeeperProgram.Describe(AsJson));

        Assert.That(exitCode, Is.Zero);
        Assert.That(found.Values, Has.None.EqualTo("missing"));
        Assert.That((found["nativeLibrary"], found["ringBuffer"], found["programs"]), Is.EqualTo(("met", "met", "met")));
    }

    [Test]
    public async Task An_ordinary_user_lacks_the_capabilities()
    {
        await using var directory = new PrivateDirectory("unprivileged");

        (int exitCode, IReadOnlyDictionary<string, string> found) = await ExamineAsync(DiffkeeperProgram.DescribeUnprivileged(directory, AsJson));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(Named(found, "missing"), Is.EquivalentTo(new[] { "capBpf", "capPerfmon" }));
        Assert.That(Named(found, "degraded"), Is.SupersetOf(new[] { "capDacReadSearch", "capSysPtrace" }));
    }

    [Test]
    public async Task A_container_without_the_nodes_processes_lacks_these_and_tracing_says_so_too()
    {
        DockerEngine docker = await SharedEngines.DockerAsync();

        (int exitCode, IReadOnlyDictionary<string, string> found) = await ExamineAsync(ContainedProgram.Describe(docker, ["--rm"], AsJson));
        BufferedCommandResult tracing = await Tool.TryAsync(ContainedProgram.Describe(docker, ["--rm"], []));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(Named(found, "missing"), Is.EqualTo(new[] { "pidNamespace" }));
        Assert.That(tracing.ExitCode, Is.EqualTo(1));
        AssertThat.OneSentenceNames("hostPID", tracing);
    }

    [Test]
    public async Task A_container_with_the_nodes_processes_and_files_lacks_nothing()
    {
        DockerEngine docker = await SharedEngines.DockerAsync();

        (int exitCode, IReadOnlyDictionary<string, string> found) = await ExamineAsync(
            ContainedProgram.Describe(docker, ["--rm", "--pid", "host", .. ContainedProgram.Volume("/", "/host")], AsJson));

        Assert.That(exitCode, Is.Zero);
        Assert.That((found["pidNamespace"], found["hostRoot"], found["programs"]), Is.EqualTo(("met", "met", "met")));
    }

    [Test]
    public async Task An_injector_that_cannot_be_run_is_missing()
    {
        (int exitCode, IReadOnlyDictionary<string, string> found) = await ExamineAsync(DiffkeeperProgram.Describe([.. AsJson, "--injector-cmd", "/no/such/injector"]));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(Named(found, "missing"), Is.EqualTo(new[] { "injectorFile" }));
    }

    [Test]
    public async Task The_table_has_a_line_for_each_and_the_cure_below_what_has_to_be_cured()
    {
        await using var directory = new PrivateDirectory("unprivileged");

        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.DescribeUnprivileged(directory, "doctor"));

        string[] lines = result.StandardOutput.Split('\n');
        int line = Array.FindIndex(lines, line => line.StartsWith("CAP_BPF", StringComparison.Ordinal));
        Assert.That(lines[line], Does.Contain("MISSING").And.Contain("lacks CAP_BPF"));
        Assert.That(lines[line + 1], Does.Contain("-> ").And.Contain("run it as root"));
        Assert.That(result.StandardOutput, Does.EndWith("2 missing.\n"));
    }

    [TestCase("doctor", "--output=xml")]
    [TestCase("doctor", "--no-such-option")]
    [TestCase("doctor", "--", "true")]
    [TestCase("top", "--sort=size")]
    [TestCase("top", "--keep=forever")]
    [TestCase("top", "--", "true")]
    public async Task What_it_is_not_to_be_asked_ends_with_exit_code_2_and_one_sentence(params string[] arguments)
    {
        BufferedCommandResult result = await Tool.TryAsync(DiffkeeperProgram.Describe(arguments));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        AssertThat.OneSentenceNames("diffkeeper", result);
    }

    private static async Task<(int ExitCode, IReadOnlyDictionary<string, string> Found)> ExamineAsync(Command command)
    {
        BufferedCommandResult result = await Tool.TryAsync(command);
        Assert.That(result.StandardOutput, Is.Not.Empty, result.StandardError);
        using var document = JsonDocument.Parse(result.StandardOutput);
        return (
            result.ExitCode,
            document.RootElement.EnumerateArray().ToDictionary(found => found.GetProperty("requirement").GetString()!, found => found.GetProperty("status").GetString()!));
    }

    private static IEnumerable<string> Named(IReadOnlyDictionary<string, string> found, string status) => found.Where(entry => entry.Value == status).Select(entry => entry.Key);
}
