using System.Reflection;
using System.Text.Json.Serialization;

namespace DiffKeeper.Lifecycle.Tests.Documentation;

/// <summary>docs/events.md, beside what an event is.</summary>
public sealed class EventsDocumentTests
{
    private static readonly string Document = Repository.Read("docs/events.md");

    [Test]
    public void Every_field_is_there_with_its_name_in_JSON()
    {
        IEnumerable<string> fields = typeof(LifecycleEvent).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static field => $"{field.Name} {(field.IsDefined(typeof(JsonIgnoreAttribute)) ? "" : CamelCase(field.Name))}");

        Assert.That(MarkdownTable.Below("Fields", Document).Select(static row => $"{MarkdownTable.Code(row[0])} {MarkdownTable.Code(row[1])}"), Is.EquivalentTo(fields));
    }

    [Test]
    public void Every_state_is_there_with_its_name_in_JSON_and_its_value()
    {
        IEnumerable<string> states = Enum.GetValues<LifecycleState>()
            .Where(static state => state != LifecycleState.Unknown)
            .Select(static state => $"{state} {CamelCase(state.ToString())} {(int)state}");

        Assert.That(MarkdownTable.Below("States", Document).Select(static row => $"{MarkdownTable.Code(row[0])} {MarkdownTable.Code(row[1])} {row[2]}"), Is.EqualTo(states));
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
