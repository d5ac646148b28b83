using System.Buffers.Binary;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Takes a recording apart, frame by frame.</summary>
internal sealed class RecordingReader
{
    private readonly Stream _stream;
    private readonly byte[] _header = new byte[RecordingFormat.FrameHeaderBytes];

    /// <param name="stream">At the recording's first byte.</param>
    /// <exception cref="RecordingException">It is none that this version can read.</exception>
    public RecordingReader(Stream stream)
    {
        _stream = stream;
        byte[] opening = new byte[RecordingFormat.Magic.Length + sizeof(ushort)];
        if (ReadAtLeast(opening) < opening.Length || !opening.AsSpan().StartsWith(RecordingFormat.Magic))
            throw new RecordingException("This is no recording of container lifecycles: name a file that 'diffkeeper --record' or LifecycleTracerOptions.RecordTo has written.");

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(opening.AsSpan(RecordingFormat.Magic.Length));
        if (version > RecordingFormat.Version)
            throw new RecordingException($"The recording has version {version} of the format, and this library reads it up to {RecordingFormat.Version}: replay it with the version that wrote it, or a later one.");
    }

    /// <summary>Why a recording can't be replayed on.</summary>
    public static RecordingException Damaged(Exception? cause = null)
        => new("The recording is damaged, and what comes after can't be read: copy it once more from where it was made, byte by byte.", cause);

    /// <returns><see langword="null"/> where the recording ends, be it amid a frame.</returns>
    /// <exception cref="RecordingException">It is damaged.</exception>
    public Frame? Read()
    {
        if (ReadAtLeast(_header) < _header.Length)
            return null;

        int length = BinaryPrimitives.ReadInt32LittleEndian(_header);
        var kind = (FrameKind)_header[sizeof(int)];
        if (length is < 0 or > RecordingFormat.MaxFrameBytes || kind is < FrameKind.Session or > FrameKind.End)
            throw Damaged();

        byte[] payload = new byte[length];
        return ReadAtLeast(payload) < length ? null : new Frame(kind, payload);
    }

    private int ReadAtLeast(byte[] buffer)
    {
        try
        {
            return _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or NotSupportedException)
        {
            throw new RecordingException($"The recording can't be read ({e.Message.TrimEnd('.')}): make sure that it is a file, whole and readable.", e);
        }
    }
}
