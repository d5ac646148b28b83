using CliWrap.Buffered;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

internal static class AssertThat
{
    /// <summary>Nothing is said but what was wrong: on one line, and as a sentence.</summary>
    public static void OneSentenceNames(string what, BufferedCommandResult result)
    {
        string[] lines = result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(1), result.StandardError);
        Assert.That(lines[0], Does.Contain(what).And.EndsWith("."));
        Assert.That(result.StandardOutput, Is.Empty);
    }
}
