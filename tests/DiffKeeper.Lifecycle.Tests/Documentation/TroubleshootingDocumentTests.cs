namespace DiffKeeper.Lifecycle.Tests.Documentation;

/// <summary>docs/troubleshooting.md, beside what the library says when it fails.</summary>
public sealed class TroubleshootingDocumentTests
{
    private static readonly string[] Headings =
        [.. Repository.Read("docs/troubleshooting.md").Split('\n').Where(static line => line.StartsWith("### ", StringComparison.Ordinal)).Select(static line => line[4..])];

    [Test]
    public void Every_message_has_a_section()
        => Assert.That(string.Join('\n', SourceMessages.All.Except(Headings)), Is.Empty);

    [Test]
    public void Every_section_is_a_messages()
        => Assert.That(string.Join('\n', Headings.Except(SourceMessages.All)), Is.Empty);

    [Test]
    public void Messages_are_found_in_the_source()
        => Assert.That(SourceMessages.All, Has.Some.StartsWith("Tracing needs to load BPF programs").And.Some.StartsWith("The injector … is …: name the program's file."));
}
