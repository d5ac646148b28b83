using System.Diagnostics;
using System.Globalization;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

[Platform("Linux")]
public sealed class ProcessForksTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task What_a_fork_forked_before_it_executed_anything_is_found_and_what_an_executed_program_forked_is_not(CancellationToken cancellationToken)
    {
        // A subshell is a fork that executes nothing; the inner sh is a program of its own.
        const string Script = "(sleep 60 & echo $!; sh -c 'sleep 60 & echo $!; wait' inner; :) & wait";
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script]) { RedirectStandardOutput = true })!;
        try
        {
            int ofSubshell = int.Parse((await shell.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture);
            int ofProgram = int.Parse((await shell.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture);

            int[] forks = [.. ProcessFiles.Forks(shell.Id)];

            Assert.That(forks, Does.Contain(ofSubshell).And.Not.Contain(ofProgram));
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }
}
