namespace DiffKeeper.Cli.Terminals;

internal enum KeyKind
{
    Character,
    Enter,
    Escape,
    Backspace,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,

    /// <summary>Ctrl+C, which a raw terminal makes no signal of.</summary>
    Interrupt,

    /// <summary>Ctrl+L.</summary>
    Redraw,
}
