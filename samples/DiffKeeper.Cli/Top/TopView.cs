using DiffKeeper.Cli.Terminals;

namespace DiffKeeper.Cli.Top;

/// <summary>What of the containers is looked at, and how: what keys change.</summary>
internal sealed record TopView
{
    public SortKey Sort { get; init; }

    public bool IsReversed { get; init; }

    /// <summary>Words that all have to be somewhere in a row.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Whether keys are for the filter.</summary>
    public bool IsTyping { get; init; }

    public bool HidesEnded { get; init; }

    /// <summary>The first row that is shown.</summary>
    public int First { get; init; }

    public bool IsLeft { get; init; }

    /// <param name="key">What was pressed.</param>
    /// <param name="page">How many rows are shown at once.</param>
    public TopView Press(Key key, int page)
    {
        if (key.Kind == KeyKind.Interrupt)
            return this with { IsLeft = true };
        return Scroll(key.Kind, page) ?? (IsTyping ? Type(key) : Command(key));
    }

    /// <summary>Does not show what is behind the last row.</summary>
    public TopView Fit(int count, int page) => this with { First = Math.Clamp(First, 0, Math.Max(0, count - page)) };

    private TopView? Scroll(KeyKind kind, int page) => kind switch
    {
        KeyKind.Up => this with { First = First - 1 },
        KeyKind.Down => this with { First = First + 1 },
        KeyKind.PageUp => this with { First = First - page },
        KeyKind.PageDown => this with { First = First + page },
        KeyKind.Home => this with { First = 0 },
        KeyKind.End => this with { First = int.MaxValue },
        _ => null,
    };

    private TopView Type(Key key) => key.Kind switch
    {
        KeyKind.Enter => this with { IsTyping = false },
        KeyKind.Escape => this with { IsTyping = false, Filter = "" },
        KeyKind.Backspace => this with { Filter = Filter.Length == 0 ? "" : Filter[..^1] },
        KeyKind.Character => this with { Filter = Filter + key.Character, First = 0 },
        _ => this,
    };

    private TopView Command(Key key) => key switch
    {
        { Character: 'q' or 'Q' } => this with { IsLeft = true },
        { Character: '/' } => this with { IsTyping = true },
        { Character: 's' } => this with { Sort = (SortKey)(((int)Sort + 1) % Enum.GetValues<SortKey>().Length), First = 0 },
        { Character: 'r' } => this with { IsReversed = !IsReversed, First = 0 },
        { Character: 'x' } => this with { HidesEnded = !HidesEnded, First = 0 },
        { Kind: KeyKind.Escape } => this with { Filter = "" },
        _ => this,
    };
}
