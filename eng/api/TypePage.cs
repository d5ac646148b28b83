using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DiffKeeper.ApiReference;

/// <summary>A type with all of its members.</summary>
internal static class TypePage
{
    public static string Write(INamedTypeSymbol type, Library library)
    {
        var page = new StringBuilder($"# {Signature.NameOf(type)}\n\nNamespace `{type.ContainingNamespace.ToDisplayString()}`, package `{type.ContainingAssembly.Name}`. [All types](README.md).\n\n");
        Describe(page, Signature.Declare(type), library.CommentOf(type), library);
        foreach (ISymbol member in library.MembersOf(type))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {Markdown.Escape(Signature.HeadingOf(member))}\n\n");
            Describe(page, Signature.Declare(member), library.CommentOf(member), library);
        }

        return page.ToString().TrimEnd('\n') + '\n';
    }

    private static void Describe(StringBuilder page, string declaration, XElement comment, Library library)
    {
        page.Append(CultureInfo.InvariantCulture, $"```csharp\n{declaration}\n```\n\n");
        Append(page, Markdown.Write(comment.Element("summary"), library));
        Append(page, Markdown.Write(comment.Element("remarks"), library));
        Append(page, List(comment.Elements("typeparam").Concat(comment.Elements("param")), element => $"`{element.Attribute("name")!.Value}`", library));
        Append(page, comment.Element("returns") is { } returns ? $"**Returns** {Markdown.Write(returns, library)}" : "");
        Append(page, comment.Element("exception") is null ? "" : "**Throws**");
        Append(page, List(comment.Elements("exception"), element => Markdown.Link(element.Attribute("cref")!.Value, library), library));
    }

    private static string List(IEnumerable<XElement> elements, Func<XElement, string> name, Library library) =>
        string.Join('\n', elements.Select(element => $"- {name(element)}: {Markdown.Write(element, library)}"));

    private static void Append(StringBuilder page, string text)
    {
        if (text.Length > 0)
            page.Append(text).Append("\n\n");
    }
}
