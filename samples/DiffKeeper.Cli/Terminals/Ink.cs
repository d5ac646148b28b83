namespace DiffKeeper.Cli.Terminals;

/// <summary>What text is written in.</summary>
internal enum Ink
{
    Plain,
    Bold,
    Reverse,
    Faint,
    Green,
    Yellow,
    Red,
}
