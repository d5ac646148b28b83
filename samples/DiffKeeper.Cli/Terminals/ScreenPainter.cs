using System.Globalization;
using System.Text;

namespace DiffKeeper.Cli.Terminals;

/// <summary>Says what a terminal has to be sent, in one piece, so that it shows some lines: only those that it doesn't show already.</summary>
/// <param name="hasColours">Whether more than bold and reverse is wanted (no-color.org).</param>
internal sealed class ScreenPainter(bool hasColours)
{
    // A terminal that knows the mode shows everything in between at once; another one passes over it.
    private const string Begin = "\e[?2026h";
    private const string End = "\e[?2026l";

    private string[] _shown = [];
    private (int Columns, int Rows) _size;

    /// <summary>Takes nothing for shown any more.</summary>
    public void Forget() => _size = default;

    /// <returns>Empty where everything is shown already.</returns>
    public string Paint(IReadOnlyList<IReadOnlyList<StyledText>> lines, (int Columns, int Rows) size)
    {
        string[] wanted = [.. Enumerable.Range(0, size.Rows).Select(row => row < lines.Count ? Render(lines[row], size.Columns) : "\e[K")];
        bool isNew = size != _size;
        var text = new StringBuilder(isNew ? "\e[2J" : "");
        for (int row = 0; row < size.Rows; row++)
        {
            if (isNew || wanted[row] != _shown[row])
                text.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};1H").Append(wanted[row]);
        }

        (_shown, _size) = (wanted, size);
        return text.Length == 0 ? "" : $"{Begin}{text}{End}";
    }

    private string Render(IReadOnlyList<StyledText> line, int columns)
    {
        var text = new StringBuilder();
        int left = columns;
        foreach (StyledText part in line)
        {
            string fitting = part.Text.Length > left ? part.Text[..left] : part.Text;
            left -= fitting.Length;
            text.Append(Code(part.Ink) is { } code ? $"\e[{code}m{fitting}\e[0m" : fitting);
        }

        // Behind the last column a terminal still stands on it, and would erase it.
        return left > 0 ? text.Append("\e[K").ToString() : text.ToString();
    }

    private int? Code(Ink ink) => ink switch
    {
        Ink.Bold => 1,
        Ink.Reverse => 7,
        Ink.Faint => 2,
        Ink.Green when hasColours => 32,
        Ink.Yellow when hasColours => 33,
        Ink.Red when hasColours => 31,
        _ => null,
    };
}
