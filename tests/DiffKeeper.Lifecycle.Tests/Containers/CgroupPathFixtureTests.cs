using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class CgroupPathFixtureTests
{
    private static readonly TestCaseData[] Recorded = [.. Fixture.Files("cgroups/*.txt").SelectMany(Cases)];

    [TestCaseSource(nameof(Recorded))]
    public void Every_recorded_proc_file_names_its_container(string[] expected, string text)
    {
        var path = CgroupPath.ParseProcFile(Encoding.UTF8.GetBytes(text));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path.IsContainer, Is.EqualTo(expected[1] == "container"));
            Assert.That(path.IsMonitor, Is.EqualTo(expected[1] == "monitor"));
            Assert.That(Fixture.Text(path.ContainerId), Is.EqualTo(expected[2]));
            Assert.That(path.Engine ?? "", Is.EqualTo(expected[3]));
            Assert.That(path.PodUid ?? "", Is.EqualTo(expected[4]));
            Assert.That(path.Depth, Is.EqualTo(expected[1] == "none" ? 0 : 1));
        }
    }

    // A file holds blocks: "== name, kind, id, engine, pod uid" and then the recorded text.
    private static IEnumerable<TestCaseData> Cases(string file)
    {
        foreach (string block in Encoding.UTF8.GetString(Fixture.Bytes(file)).Split("== ", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = block.IndexOf('\n', StringComparison.Ordinal);
            string[] expected = [.. block[..end].Split('\t').Select(cell => cell == "-" ? "" : cell)];
            yield return new TestCaseData(expected, block[(end + 1)..]).SetArgDisplayNames($"{Path.GetFileName(file)}:{expected[0]}");
        }
    }
}
