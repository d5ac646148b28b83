using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class OciBundleFixtureTests
{
    private static readonly TestCaseData[] Recorded = [.. Fixture.Rows("bundles/expected.tsv").Select(row => new TestCaseData([row]).SetArgDisplayNames(row[0]))];

    [TestCaseSource(nameof(Recorded))]
    public void Every_recorded_bundle_tells_who_its_container_is(string[] row)
    {
        BundleIdentity? identity = OciBundle.Read(Fixture.Bytes($"bundles/{row[0]}"), Enum.Parse<BundleLayout>(row[1]), out DocumentRejection rejection);

        PodIdentity? pod = row[4].Length == 0 ? null : new PodIdentity
        {
            Namespace = row[4],
            PodName = row[5],
            PodUid = row[6],
            ContainerName = NullIfEmpty(row[7]),
            IsSandbox = row[9] == "yes",
            SandboxId = row[10],
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rejection, Is.EqualTo(DocumentRejection.None));
            Assert.That(identity, Is.EqualTo(new BundleIdentity
            {
                Manager = NullIfEmpty(row[2]),
                CgroupsPath = NullIfEmpty(row[3]),
                Pod = pod,
                Image = NullIfEmpty(row[8]),
                IsSpoofed = row[11] == "yes",
            }));
        }
    }

    [TestCaseSource(nameof(Recorded))]
    public void Cut_anywhere_a_bundle_is_malformed_and_nothing_is_thrown(string[] row)
    {
        byte[] json = Fixture.Bytes($"bundles/{row[0]}").AsSpan().TrimEnd("\n "u8).ToArray();
        for (int length = 1; length < json.Length; length += 7)
        {
            BundleIdentity? identity = OciBundle.Read(json.AsSpan(0, length), Enum.Parse<BundleLayout>(row[1]), out DocumentRejection rejection);
            Assert.That((identity, rejection), Is.EqualTo(((BundleIdentity?)null, DocumentRejection.Malformed)), $"cut at {length}");
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
