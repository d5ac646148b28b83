using System.Text.RegularExpressions;

namespace DiffKeeper.Lifecycle.Tests.Documentation;

public sealed partial class LinksTests
{
    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Repository.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Select(static file => Path.GetRelativePath(Repository.Root, file))
            .Where(static file => !file.Split('/').Any(static name => name is "bin" or "obj" or "artifacts"));

    [TestCaseSource(nameof(Documents))]
    public void Every_link_within_the_repository_leads_somewhere(string document)
    {
        string directory = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        foreach (Match link in Link().Matches(Repository.Read(document)))
        {
            string target = Path.Combine(directory, link.Groups["file"].Value);
            bool exists = link.Groups["file"].Length == 0 || Path.Exists(target);
            Assert.That(exists, $"{link.Value} leads nowhere.");
            if (link.Groups["heading"] is { Length: > 0, Value: var heading })
                Assert.That(Anchors(link.Groups["file"].Length == 0 ? Path.Combine(Repository.Root, document) : target), Does.Contain(heading), link.Value);
        }
    }

    /// <summary>As GitHub makes them of headings.</summary>
    private static IEnumerable<string> Anchors(string file) =>
        File.ReadLines(file).Where(static line => line.StartsWith('#'))
            .Select(static line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?![a-z]+:)(?<file>[^)#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NotInAnchors();
}
