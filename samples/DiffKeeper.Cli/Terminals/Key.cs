namespace DiffKeeper.Cli.Terminals;

/// <summary>A key that was pressed.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Character">What it types, for <see cref="KeyKind.Character"/>.</param>
internal readonly record struct Key(KeyKind Kind, char Character = default)
{
    public static implicit operator Key(char character) => new(KeyKind.Character, character);

    public static implicit operator Key(KeyKind kind) => new(kind);
}
