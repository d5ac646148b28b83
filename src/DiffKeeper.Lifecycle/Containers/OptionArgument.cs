using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>One argument read as an option: <c>-n</c>, <c>--name</c>, <c>-name</c>, each also with <c>=value</c>.</summary>
/// <remarks>
/// One dash or two mean the same to Go's <c>flag</c> package, which runc and the shim follow, so that the dashes are only counted.
/// </remarks>
internal readonly ref struct OptionArgument
{
    /// <summary>Longer than any name in the tables; a longer one is unknown anyway.</summary>
    public const int MaxNameLength = 32;

    private OptionArgument(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool hasValue, bool isSingleDash)
    {
        Name = name;
        Value = value;
        HasValue = hasValue;
        IsSingleDash = isSingleDash;
    }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether the value stands in this same argument, as in <c>--x=y</c>. It may be empty.</summary>
    public bool HasValue { get; }

    public bool IsSingleDash { get; }

    /// <summary>Whether the argument is an option or <c>--</c>; a lone <c>-</c> is a positional argument.</summary>
    public static bool LooksLikeOption(ReadOnlySpan<byte> argument) => argument.Length > 1 && argument[0] == (byte)'-';

    public static bool IsTerminator(ReadOnlySpan<byte> argument) => argument.SequenceEqual("--"u8);

    public static OptionArgument Parse(ReadOnlySpan<byte> argument)
    {
        bool isSingleDash = argument[1] != (byte)'-';
        ReadOnlySpan<byte> text = argument[(isSingleDash ? 1 : 2)..];
        int equals = text.IndexOf((byte)'=');
        return equals < 0
            ? new OptionArgument(text, default, hasValue: false, isSingleDash)
            : new OptionArgument(text[..equals], text[(equals + 1)..], hasValue: true, isSingleDash);
    }

    /// <summary>The name as characters in <paramref name="buffer"/>, for a <c>switch</c>; empty where no table can have it.</summary>
    public ReadOnlySpan<char> CopyName(Span<char> buffer) =>
        Ascii.ToUtf16(Name, buffer, out int written) == System.Buffers.OperationStatus.Done ? buffer[..written] : default;
}
