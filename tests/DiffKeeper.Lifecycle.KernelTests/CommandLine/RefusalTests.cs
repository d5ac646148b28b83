using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>What the sample program says when it cannot do what it is asked.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(60_000)]
public sealed class RefusalTests
{
    private const string Nobody = "65534";

    [TestCase("--output", "xml")]
    [TestCase("--no-such-option")]
    public async Task What_it_does_not_know_ends_with_exit_code_2_and_one_sentence(params string[] arguments)
    {
        BufferedCommandResult result = await DiffkeeperProgram.Describe(arguments).ExecuteBufferedAsync();

        Assert.That(result.ExitCode, Is.EqualTo(2));
        AssertThatOneSentenceNames(arguments[^1], result);
    }

    [Test]
    [RequireKernel("setpriv")]
    public async Task A_user_without_the_privileges_gets_exit_code_1_and_one_sentence()
    {
        await using var directory = new PrivateDirectory("unprivileged");
        string program = CopyReadableByAllTo(directory.Path);

        BufferedCommandResult result = await DiffkeeperProgram.UseSameDotnet(
            Tool.Describe("setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", program)).ExecuteBufferedAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        AssertThatOneSentenceNames("CAP_BPF", result);
    }

    private static void AssertThatOneSentenceNames(string what, BufferedCommandResult result)
    {
        string[] lines = result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(1), result.StandardError);
        Assert.That(lines[0], Does.Contain(what).And.EndsWith("."));
        Assert.That(result.StandardOutput, Is.Empty);
    }

    /// <summary>The build's own directory may be below one that only its owner may enter.</summary>
    private static string CopyReadableByAllTo(string directory)
    {
        const UnixFileMode ReadableByAll = (UnixFileMode)0b111_101_101;
        File.SetUnixFileMode(directory, ReadableByAll);
        foreach (string file in Directory.EnumerateFiles(DiffkeeperProgram.Directory, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(directory, Path.GetRelativePath(DiffkeeperProgram.Directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!, ReadableByAll);
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, ReadableByAll);
        }

        return Path.Combine(directory, "diffkeeper");
    }
}
