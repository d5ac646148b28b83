using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class ConmonCommandLineTests
{
    private static readonly TestCaseData[] Recorded = [.. Fixture.Cases("argv/*.monitors.tsv")];

    [TestCaseSource(nameof(Recorded))]
    public void Every_recorded_monitor_is_read_as_it_was_meant(string[] row)
    {
        var line = ConmonCommandLine.Parse(Fixture.ArgvFromJson(row[7]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo(row[0]));
            Assert.That(Fixture.Text(line.Name), Is.EqualTo(row[1]));
            Assert.That(Fixture.Text(line.Bundle), Is.EqualTo(row[2]));
            Assert.That(Fixture.Text(line.Runtime), Is.EqualTo(row[3]));
            Assert.That(Fixture.Text(line.RuntimeRoot), Is.EqualTo(row[4]));
            Assert.That(Fixture.Text(line.ContainerPidFile), Is.EqualTo(row[5]));
            Assert.That(line.IsExec, Is.EqualTo(row[6] == "exec"));
            Assert.That(line.Rejection, Is.EqualTo(row[0].Length == 0 ? CommandLineRejection.MissingId : CommandLineRejection.None));
        }
    }

    [TestCaseSource(nameof(Recorded))]
    public void Cut_anywhere_a_monitor_gives_its_id_or_none(string[] row)
    {
        byte[] argv = Fixture.ArgvFromJson(row[7]);
        for (int length = 0; length < argv.Length; length++)
        {
            var line = ConmonCommandLine.Parse(argv.AsSpan(0, length), truncated: true);
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo(row[0]).Or.Empty, $"cut at {length}");
        }
    }

    [TestCase("conmon -c x --runtime-arg --root --runtime-arg /r", "/r")]
    [TestCase("conmon -c x --runtime-arg --root=/r --runtime-arg --log", "/r")]
    [TestCase("conmon -c x --runtime-arg=--root=/r", "/r")]
    [TestCase("conmon -c x --exit-command-arg --root --exit-command-arg /not", "")]
    public void The_runtimes_root_is_what_conmon_is_told_to_pass_on(string words, string root) =>
        Assert.That(Fixture.Text(ConmonCommandLine.Parse(Fixture.ArgvFromWords(words)).RuntimeRoot), Is.EqualTo(root));

    [TestCase("conmon -c ../x", nameof(CommandLineRejection.InvalidId))]
    [TestCase("conmon -n name", nameof(CommandLineRejection.MissingId))]
    [TestCase("conmon --version", nameof(CommandLineRejection.MissingId))]
    [TestCase("conmon --exit-command-arg -c --exit-command-arg x", nameof(CommandLineRejection.MissingId))]
    public void A_monitor_without_a_sound_id_says_why(string words, string rejection)
    {
        var line = ConmonCommandLine.Parse(Fixture.ArgvFromWords(words));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.ContainerId.IsEmpty, Is.True);
            Assert.That(line.Rejection.ToString(), Is.EqualTo(rejection));
        }
    }
}
