using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace DiffKeeper.ApiReference;

/// <summary>Symbols as C# writes them.</summary>
internal static partial class Signature
{
    private const SymbolDisplayMiscellaneousOptions Miscellaneous =
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier;

    private static readonly SymbolDisplayFormat Declaration = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeMemberKeyword,
        miscellaneousOptions: Miscellaneous);

    private static readonly SymbolDisplayFormat Name = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes, genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private static readonly SymbolDisplayFormat Heading = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static string NameOf(INamedTypeSymbol type) => type.ToDisplayString(Name);

    public static string Declare(INamedTypeSymbol type)
    {
        string modifier = type switch
        {
            { TypeKind: not TypeKind.Class } => "",
            { IsStatic: true } => "static ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        string[] bases = type.TypeKind is TypeKind.Class or TypeKind.Interface ? [.. BasesOf(type).Select(NameOf)] : [];
        return $"public {modifier}{type.ToDisplayString(Declaration)}{(bases.Length > 0 ? " : " : "")}{string.Join(", ", bases)}";
    }

    public static string Declare(ISymbol member) => member.ToDisplayString(Declaration);

    public static string HeadingOf(ISymbol member) => member.ToDisplayString(Heading);

    /// <summary>As GitHub makes it of a heading.</summary>
    public static string AnchorOf(ISymbol member) => NotInAnchors().Replace(HeadingOf(member).ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>As a declaration would name them: what another one brings along is left out.</summary>
    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        INamedTypeSymbol[] parent = type.BaseType is { SpecialType: SpecialType.None } ? [type.BaseType] : [];
        INamedTypeSymbol[] visible = [.. parent, .. type.AllInterfaces.Where(Library.IsVisible)];
        return visible.Where(candidate => !visible.Any(other => other.AllInterfaces.Contains(candidate)));
    }

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NotInAnchors();
}
