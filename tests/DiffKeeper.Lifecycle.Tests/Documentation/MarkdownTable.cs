namespace DiffKeeper.Lifecycle.Tests.Documentation;

/// <summary>The first table below a heading, as its cells.</summary>
internal static class MarkdownTable
{
    public static IReadOnlyList<string[]> Below(string heading, string document)
    {
        IEnumerable<string> section = document.Split('\n').SkipWhile(line => line.TrimStart('#') != $" {heading}").Skip(1).TakeWhile(static line => !line.StartsWith('#'));
        return
        [
            .. section.SkipWhile(static line => !line.StartsWith('|')).TakeWhile(static line => line.StartsWith('|'))
                .Skip(2)
                .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
    }

    /// <summary>What a cell has in backticks, at its beginning.</summary>
    public static string Code(string cell) => cell.Split('`') is ["", var code, ..] ? code : "";
}
