using System.Text;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>One of a program's output streams on its way into the log, a line at a time.</summary>
/// <param name="containerId">Whom the program runs for.</param>
/// <param name="stream">What the stream is called.</param>
/// <param name="budget">What may still be logged of this run.</param>
/// <param name="logger">The log.</param>
internal sealed class OutputLines(string containerId, string stream, OutputBudget budget, ILogger logger)
{
    /// <summary>A longer line is logged in pieces.</summary>
    public const int MaxLineBytes = 4096;

    private readonly byte[] _line = new byte[MaxLineBytes];
    private int _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..budget.Take(bytes.Length)];
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> rest = end < 0 ? bytes : bytes[..end];
            ReadOnlySpan<byte> piece = rest[..Math.Min(rest.Length, MaxLineBytes - _length)];
            piece.CopyTo(_line.AsSpan(_length));
            _length += piece.Length;
            bool isWhole = piece.Length == end;
            if (isWhole || _length == MaxLineBytes)
                Flush();
            bytes = bytes[(isWhole ? end + 1 : piece.Length)..];
        }
    }

    /// <summary>Logs what is there of a line that has not ended.</summary>
    public void Flush()
    {
        if (_length > 0 && logger.IsEnabled(LogLevel.Information))
            logger.Output(containerId, stream, Printable(_line.AsSpan(0, _length)));
        _length = 0;
    }

    /// <summary>A log may end on a terminal, to which a container must not speak by way of its injector.</summary>
    private static string Printable(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line).TrimEnd('\r');
        return string.Create(text.Length, text, static (printable, text) =>
        {
            for (int i = 0; i < text.Length; i++)
                printable[i] = char.IsControl(text[i]) && text[i] != '\t' ? '\uFFFD' : text[i];
        });
    }
}
