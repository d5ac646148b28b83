using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffKeeper.ApiReference;

/// <summary>What is public in the assemblies, with the documentation that was compiled beside them.</summary>
internal sealed class Library
{
    private static readonly string[] Described = ["summary", "typeparam", "returns", "exception", "remarks"];

    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<string, XElement> _comments;

    public Library(params IReadOnlyList<string> assemblies)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        _compilation = CSharpCompilation.Create("reference", references: platform.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)));
        _comments = assemblies
            .SelectMany(static assembly => XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml")).Descendants("member"))
            .ToDictionary(static member => member.Attribute("name")!.Value);
        Types =
        [
            .. _compilation.References.Select(_compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>()
                .Where(assembly => assemblies.Contains(assembly.Name))
                .SelectMany(static assembly => TypesIn(assembly.GlobalNamespace))
                .OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal),
        ];
    }

    public IReadOnlyList<INamedTypeSymbol> Types { get; }

    public static string FileOf(INamedTypeSymbol type) => $"{Signature.NameOf(type)}.md";

    /// <summary>What others may use; what the compiler has made, such as a record's equality, is not described and left out.</summary>
    public IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => member is not INamedTypeSymbol && IsVisible(member) && _comments.ContainsKey(IdOf(member)));

    public ISymbol? Find(string id) => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, _compilation);

    public bool Has(INamedTypeSymbol type) => Types.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>The symbol's comment, with what it inherits.</summary>
    public XElement CommentOf(ISymbol symbol)
    {
        var comment = new XElement(_comments.GetValueOrDefault(IdOf(symbol)) ?? new XElement("member"));
        if (comment.Element("inheritdoc") is { } inherit && InheritedFrom(symbol, inherit) is { } source)
            comment.Add(CommentOf(source).Elements().Where(element => Concerns(element, symbol) && !comment.Elements().Any(own => AreOfOne(own, element))));
        return comment;
    }

    private ISymbol? InheritedFrom(ISymbol symbol, XElement inherit) => inherit.Attribute("cref") is { } reference
        ? Find(reference.Value)
        : symbol.ContainingType.AllInterfaces.SelectMany(static type => type.GetMembers())
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));

    /// <summary>Another overload's parameters are not this one's.</summary>
    private static bool Concerns(XElement element, ISymbol symbol) => element.Name.LocalName switch
    {
        "param" => symbol is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Name == element.Attribute("name")?.Value),
        var name => Described.Contains(name),
    };

    private static bool AreOfOne(XElement one, XElement other) =>
        one.Name == other.Name && one.Attribute("name")?.Value == other.Attribute("name")?.Value && one.Attribute("cref")?.Value == other.Attribute("cref")?.Value;

    private static string IdOf(ISymbol symbol) => symbol.GetDocumentationCommentId()!;

    public static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol parent) => parent.GetMembers().Where(IsVisible).SelectMany(static member => member switch
    {
        INamespaceSymbol inner => TypesIn(inner),
        INamedTypeSymbol type => [type, .. TypesIn(type)],
        _ => [],
    });
}
