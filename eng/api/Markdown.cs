using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DiffKeeper.ApiReference;

/// <summary>Documentation comments as Markdown.</summary>
internal static partial class Markdown
{
    public static string Write(XElement? element, Library library) =>
        element is null ? "" : EmptyLines().Replace(string.Concat(element.Nodes().Select(node => Write(node, library))), "\n\n").Trim();

    public static string Escape(string text) => Special().Replace(text, @"\$0");

    private static string Write(XNode node, Library library) => node switch
    {
        XText text => Escape(Whitespace().Replace(text.Value, " ")),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "para" } paragraph => $"\n\n{Write(paragraph, library)}\n\n",
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } reference => Link(reference.Value, library),
        XElement other => throw new InvalidDataException($"<{other.Name}> has no Markdown here: add it."),
        _ => "",
    };

    /// <summary>What is not the library's own is named and not linked.</summary>
    public static string Link(string id, Library library)
    {
        ISymbol? symbol = library.Find(id);
        return symbol switch
        {
            INamedTypeSymbol type when library.Has(type) => $"[{Signature.NameOf(type)}]({Library.FileOf(type)})",
            { ContainingType: { } type } when library.Has(type) => $"[{Signature.NameOf(type)}.{symbol.Name}]({Library.FileOf(type)}#{Signature.AnchorOf(symbol)})",
            INamedTypeSymbol type => $"`{Signature.NameOf(type)}`",
            { ContainingType: { } type } => $"`{Signature.NameOf(type)}.{symbol.Name}`",
            _ => throw new InvalidDataException($"{id} is not found: correct the comment that refers to it."),
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@" *\n\s*\n *")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"[*_<\[\]|]")]
    private static partial Regex Special();
}
