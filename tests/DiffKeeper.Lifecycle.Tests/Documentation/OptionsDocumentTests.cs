using System.Collections;
using System.Globalization;
using System.Reflection;

namespace DiffKeeper.Lifecycle.Tests.Documentation;

/// <summary>docs/options.md, beside what the options are.</summary>
public sealed class OptionsDocumentTests
{
    private static readonly string Document = Repository.Read("docs/options.md");

    private static IEnumerable<Type> OptionTypes() =>
        typeof(LifecycleTracerOptions).Assembly.GetExportedTypes().Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal) || type == typeof(InjectionPolicy));

    [TestCaseSource(nameof(OptionTypes))]
    public void Every_option_is_there_and_nothing_else(Type type)
        => Assert.That(MarkdownTable.Below(type.Name, Document).Select(static row => MarkdownTable.Code(row[0])), Is.EquivalentTo(OptionsOf(type).Select(static option => option.Name)));

    [TestCaseSource(nameof(OptionTypes))]
    public void Every_default_is_the_right_one(Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        IReadOnlyList<string[]> rows = MarkdownTable.Below(type.Name, Document);
        foreach (PropertyInfo option in OptionsOf(type).Where(static option => IsWrittenDown(option.PropertyType)))
        {
            string[] row = rows.Single(row => MarkdownTable.Code(row[0]) == option.Name);
            Assert.That(row[1], Is.EqualTo(Write(option.GetValue(defaults))), option.Name);
        }
    }

    private static IEnumerable<PropertyInfo> OptionsOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(static option => option.SetMethod is { IsPublic: true });

    /// <summary>A clock, a logger, a policy have their defaults told in words.</summary>
    private static bool IsWrittenDown(Type type) => type.IsValueType || type == typeof(string) || type.IsAssignableTo(typeof(IEnumerable)) || type.IsAssignableTo(typeof(Delegate));

    private static string Write(object? value) => value switch
    {
        null => "`null`",
        "" => "",
        bool flag => flag ? "`true`" : "`false`",
        int number => $"`{number.ToString("N0", CultureInfo.InvariantCulture)}`",
        IEnumerable list and not string => string.Join(", ", list.Cast<object>().Select(static item => $"`{item}`").DefaultIfEmpty("empty")),
        _ => $"`{value}`",
    };
}
