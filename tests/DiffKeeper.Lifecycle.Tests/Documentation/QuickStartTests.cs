namespace DiffKeeper.Lifecycle.Tests.Documentation;

public sealed class QuickStartTests
{
    private static readonly string Sample = Repository.Read("samples/DiffKeeper.QuickStart/Program.cs");

    [TestCase("README.md")]
    [TestCase("src/DiffKeeper.Lifecycle/README.md")]
    [TestCase("docs/getting-started.md")]
    public void A_documents_first_code_is_the_sample_to_the_letter(string document)
        => Assert.That(Repository.Read(document).Split("```csharp\n")[1].Split("```")[0], Is.EqualTo(Sample));

    [Test]
    public void The_sample_has_ten_lines()
        => Assert.That(Sample.TrimEnd().Split('\n'), Has.Length.EqualTo(10));
}
