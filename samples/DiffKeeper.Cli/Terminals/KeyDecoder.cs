namespace DiffKeeper.Cli.Terminals;

/// <summary>Reads keys as terminals send them (ECMA-48, and xterm's additions). What isn't known is left out.</summary>
internal static class KeyDecoder
{
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;

    /// <param name="input">What one read gave: an escape at its end was pressed by itself.</param>
    public static IReadOnlyList<Key> Decode(ReadOnlySpan<byte> input)
    {
        List<Key> keys = [];
        while (!input.IsEmpty)
        {
            int length = input[0] == Escape ? SequenceLength(input) : 1;
            if (Read(input[..length]) is { } key)
                keys.Add(key);
            input = input[length..];
        }

        return keys;
    }

    private static Key? Read(ReadOnlySpan<byte> sequence) => sequence switch
    {
        [0x03] => KeyKind.Interrupt,
        [0x0C] => KeyKind.Redraw,
        [(byte)'\r' or (byte)'\n'] => KeyKind.Enter,
        [Delete or (byte)'\b'] => KeyKind.Backspace,
        [Escape] => KeyKind.Escape,
        [>= (byte)' ' and < Delete and var character] => (char)character,
        [Escape, (byte)'[' or (byte)'O', var final] => ReadFinal(final),
        [Escape, (byte)'[', var number, (byte)'~'] => ReadNumber(number),
        _ => null,
    };

    private static Key? ReadFinal(byte final) => (char)final switch
    {
        'A' => KeyKind.Up,
        'B' => KeyKind.Down,
        'H' => KeyKind.Home,
        'F' => KeyKind.End,
        _ => null,
    };

    private static Key? ReadNumber(byte number) => (char)number switch
    {
        '1' or '7' => KeyKind.Home,
        '4' or '8' => KeyKind.End,
        '5' => KeyKind.PageUp,
        '6' => KeyKind.PageDown,
        _ => null,
    };

    /// <summary>Up to and with the byte from @ to ~ that ends a control sequence; a key with Alt is an escape and a character.</summary>
    private static int SequenceLength(ReadOnlySpan<byte> input)
    {
        if (input.Length == 1)
            return 1;
        if (input[1] == 'O')
            return Math.Min(3, input.Length);
        if (input[1] != '[')
            return 2;
        int final = input[2..].IndexOfAnyInRange((byte)'@', (byte)'~');
        return final < 0 ? input.Length : final + 3;
    }
}
