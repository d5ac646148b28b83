using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class RuntimeCommandLineFixtureTests
{
    private static readonly TestCaseData[] Recorded = [.. Fixture.Cases("argv/*.runtimes.tsv")];

    [TestCaseSource(nameof(Recorded))]
    public void Every_recorded_command_line_is_read_as_it_was_meant(string[] row)
    {
        var line = RuntimeCommandLine.Parse(Fixture.ArgvFromJson(row[7]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fixture.Text(line.RuntimeName), Is.EqualTo(row[0]));
            Assert.That(line.Verb.ToString(), Is.EqualTo(row[1]));
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo(row[2]));
            Assert.That(Fixture.Text(line.Bundle), Is.EqualTo(row[3]));
            Assert.That(Fixture.Text(line.Root), Is.EqualTo(row[4]));
            Assert.That(Fixture.Text(line.Log), Is.EqualTo(row[5]));
            Assert.That(Fixture.Text(line.PidFile), Is.EqualTo(row[6]));
            Assert.That(line.Rejection, Is.EqualTo(CommandLineRejection.None));
            Assert.That(line.IsTruncated, Is.False);
        }
    }

    [TestCaseSource(nameof(Recorded))]
    public void Cut_anywhere_a_recorded_command_line_gives_its_id_or_none(string[] row)
    {
        byte[] argv = Fixture.ArgvFromJson(row[7]);
        for (int length = 0; length < argv.Length; length++)
        {
            foreach (bool truncated in (bool[])[true, argv[Math.Max(0, length - 1)] == 0])
            {
                var line = RuntimeCommandLine.Parse(argv.AsSpan(0, length), truncated);
                Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo(row[2]).Or.Empty, $"cut at {length}");
                if (RuntimeVerbs.TakesContainerId(line.Verb) && line.ContainerId.IsEmpty && truncated)
                    Assert.That(line.Rejection, Is.EqualTo(CommandLineRejection.Truncated), $"cut at {length}");
            }
        }
    }
}
