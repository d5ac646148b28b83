using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class DocumentLabelsTests
{
    [Test]
    public void Labels_are_read_from_the_end_of_the_path_and_from_nowhere_else()
    {
        IReadOnlyDictionary<string, string>? labels = Read(
            """{"Other":{"Config":{"Labels":{"wrong":"place"}}},"Config":{"Env":["Labels"],"Labels":{"com.example.team":"shop","empty":""},"Image":"i"},"ID":"x"}""");

        Assert.That(labels, Is.EqualTo(new Dictionary<string, string> { ["com.example.team"] = "shop", ["empty"] = "" }));
    }

    [Test]
    public void A_label_that_is_too_long_or_no_text_is_left_out()
    {
        IReadOnlyDictionary<string, string>? labels = Read(
            $$$$"""{"Config":{"Labels":{"long":"{{{{new string('x', DocumentLimits.MaxValueBytes + 1)}}}}","nested":{"a":"b"},"good":"1"}}}""");

        Assert.That(labels, Is.EqualTo(new Dictionary<string, string> { ["good"] = "1" }));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"Config":null}""")]
    [TestCase("""{"Config":{"Labels":null}}""")]
    [TestCase("""{"Config":{"Labels":{}}}""")]
    [TestCase("""{"Config":{"Labels":{"a":""")]
    public void Without_labels_there_are_none(string json) => Assert.That(Read(json), Is.Null);

    private static IReadOnlyDictionary<string, string>? Read(string json) => DocumentLabels.Read(Encoding.UTF8.GetBytes(json), "Config", "Labels");
}
