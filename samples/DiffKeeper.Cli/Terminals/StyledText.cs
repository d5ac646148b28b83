namespace DiffKeeper.Cli.Terminals;

/// <param name="Text">Printable ASCII.</param>
/// <param name="Ink">What it's written in.</param>
internal readonly record struct StyledText(string Text, Ink Ink = Ink.Plain);
