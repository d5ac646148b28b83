namespace DiffKeeper.Cli.Output;

/// <summary>Makes text harmless that somebody else chose, and a column of it a character wide.</summary>
internal static class PlainText
{
    private const char FirstPrintable = ' ';
    private const char LastPrintable = '~';
    private const char Substitute = '?';

    /// <summary>
    /// Names and images are printable ASCII wherever engines check them. What isn't, escape sequences and what turns the direction of writing among it, is not for
    /// a terminal.
    /// </summary>
    public static string Of(string text) => text.AsSpan().ContainsAnyExceptInRange(FirstPrintable, LastPrintable)
        ? string.Create(text.Length, text, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = text[i] is >= FirstPrintable and <= LastPrintable ? text[i] : Substitute;
        })
        : text;

    /// <summary>At most so many characters, of which the last, or the first, says that some were left out.</summary>
    public static string Cut(string text, int width, bool atStart = false)
    {
        const char Mark = '~';
        if (text.Length <= width)
            return text;
        if (width <= 0)
            return "";
        return atStart ? Mark + text[^(width - 1)..] : text[..(width - 1)] + Mark;
    }
}
