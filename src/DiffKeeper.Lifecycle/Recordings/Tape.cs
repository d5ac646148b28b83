using System.Text;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>A recording as it is gone through: step by step, each with the answers that the node gave in it.</summary>
/// <remarks>
/// An answer is looked up by its question and not by its place, so that a recording stays of use to a version that asks in another order, or asks less.
/// </remarks>
internal sealed class Tape
{
    private readonly RecordingReader _reader;
    private readonly Dictionary<(byte Code, string Key), Queue<byte[]>> _answers = [];
    private Frame? _next;

    /// <exception cref="RecordingException">It is none, or says nothing of its session.</exception>
    public Tape(RecordingReader reader)
    {
        _reader = reader;
        _next = reader.Read();
        if (Next() is not { Kind: FrameKind.Session } session)
            throw RecordingReader.Damaged();
        Session = Parse(session.Payload.ToArray(), SessionDescription.Read);
    }

    public SessionDescription Session { get; }

    /// <summary>How many questions had no answer.</summary>
    public long Missing { get; private set; }

    /// <summary>Whether the recording was read to its orderly end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Goes on to the next step, whose answers are there from then on.</summary>
    /// <returns><see langword="null"/> where the recording ends. A step of which not every answer is there is left out.</returns>
    /// <exception cref="RecordingException">It is damaged.</exception>
    public Frame? Next()
    {
        if (_next is not { } current)
            return null;

        _answers.Clear();
        for (_next = _reader.Read(); _next is { Kind: FrameKind.Answer } answer; _next = _reader.Read())
            Keep(answer);
        IsWhole |= current.Kind == FrameKind.End;
        return _next is null && current.Kind is not (FrameKind.Round or FrameKind.End) ? null : current;
    }

    /// <summary>What the node answered. Asked more often than then, it says the same again.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="key">Of whom.</param>
    /// <param name="missing">The answer where it wasn't asked then.</param>
    public TAnswer Answer<TAnswer>(Question<TAnswer> question, string key, TAnswer missing)
    {
        if (_answers.TryGetValue((question.Code, key), out Queue<byte[]>? answers))
            return Parse(answers.Count > 1 ? answers.Dequeue() : answers.Peek(), question.Read);
        Missing++;
        return missing;
    }

    private void Keep(Frame answer)
    {
        (byte Code, string Key, byte[] Value) read = Parse(answer.Payload.ToArray(), static reader =>
            (reader.ReadByte(), reader.ReadString(), reader.ReadBytes((int)(reader.BaseStream.Length - reader.BaseStream.Position))));
        if (!_answers.TryGetValue((read.Code, read.Key), out Queue<byte[]>? answers))
            _answers[(read.Code, read.Key)] = answers = new Queue<byte[]>();
        answers.Enqueue(read.Value);
    }

    private static T Parse<T>(byte[] bytes, Func<BinaryReader, T> read)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            return read(reader);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw RecordingReader.Damaged(e);
        }
    }
}
