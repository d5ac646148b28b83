using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace DiffKeeper.ApiReference;

/// <summary>All types, by namespace.</summary>
internal static class IndexPage
{
    public static string Write(Library library)
    {
        var page = new StringBuilder("# API reference\n\nEvery public type, as its documentation comments say. Written by `eng/api-reference.sh --update`.\n");
        foreach (IGrouping<string, INamedTypeSymbol> group in library.Types.GroupBy(static type => type.ContainingNamespace.ToDisplayString()))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n| | |\n|---|---|\n");
            foreach (INamedTypeSymbol type in group)
                page.Append(CultureInfo.InvariantCulture, $"| [{Signature.NameOf(type)}]({Library.FileOf(type)}) | {Markdown.Write(library.CommentOf(type).Element("summary"), library).ReplaceLineEndings(" ")} |\n");
        }

        return page.ToString();
    }
}
