using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class ShimCommandLineTests
{
    private static readonly TestCaseData[] Recorded = [.. Fixture.Cases("argv/*.shims.tsv")];

    [TestCaseSource(nameof(Recorded))]
    public void Every_recorded_shim_is_read_as_it_was_meant(string[] row)
    {
        var line = ShimCommandLine.Parse(Fixture.ArgvFromJson(row[5]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fixture.Text(line.Namespace), Is.EqualTo(row[0]));
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo(row[1]));
            Assert.That(Fixture.Text(line.Address), Is.EqualTo(row[2]));
            Assert.That(Fixture.Text(line.Bundle), Is.EqualTo(row[3]));
            Assert.That(line.Action.ToString(), Is.EqualTo(row[4]));
        }
    }

    [Test]
    public void A_shim_cut_within_its_id_has_none()
    {
        var line = ShimCommandLine.Parse("containerd-shim-runc-v2\0-namespace\0k8s.io\0-id\0abc"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.ContainerId.IsEmpty, Is.True);
            Assert.That(line.IsTruncated, Is.True);
            Assert.That(Fixture.Text(line.Namespace), Is.EqualTo("k8s.io"));
        }
    }

    [Test]
    public void A_flag_of_the_shim_takes_no_value()
    {
        var line = ShimCommandLine.Parse(Fixture.ArgvFromWords("containerd-shim-runc-v2 -debug -namespace=moby -id x delete"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fixture.Text(line.Namespace), Is.EqualTo("moby"));
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo("x"));
            Assert.That(line.Action, Is.EqualTo(ShimAction.Delete));
        }
    }
}
