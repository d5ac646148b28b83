namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>What docs/record-and-replay.md says of the file: this is what it begins with, and what its frames may be.</summary>
internal static class RecordingFormat
{
    /// <summary>Raised with every change that makes an older library misread what is written.</summary>
    public const ushort Version = 1;

    /// <summary>A scan of some ten thousand containers; a damaged length would have the reader ask for any amount of memory.</summary>
    public const int MaxFrameBytes = 16 * 1024 * 1024;

    /// <summary>A length of 4 bytes and a <see cref="FrameKind"/>.</summary>
    public const int FrameHeaderBytes = 5;

    /// <summary>As PNG's: no text begins so, and a transfer that changes ends of lines is noticed.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'D', (byte)'K', (byte)'R', 0x0D, 0x0A, 0x1A, 0x0A];
}
