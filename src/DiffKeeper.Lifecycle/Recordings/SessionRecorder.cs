using System.Buffers.Binary;
using System.Text;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Writes down a session as the reader's thread goes through it: every record, and every answer that the node gives.</summary>
/// <remarks>Not thread-safe. Never throws and never waits, until it is disposed.</remarks>
internal sealed class SessionRecorder : IDisposable
{
    private readonly MemoryStream _frames = new();
    private readonly BinaryWriter _writer;
    private readonly RecordingFile _file;
    private readonly TimeProvider _timeProvider;
    private readonly long _began;

    public SessionRecorder(RecordingFile file, SessionDescription session, TimeProvider timeProvider)
    {
        _file = file;
        _timeProvider = timeProvider;
        _began = timeProvider.GetTimestamp();
        _writer = new BinaryWriter(_frames, Encoding.UTF8);
        _writer.Write(RecordingFormat.Magic);
        _writer.Write(RecordingFormat.Version);
        using (Frame(FrameKind.Session))
            session.Write(_writer);
        EndRound();
    }

    /// <summary>Begins a recording.</summary>
    /// <param name="path">A file that isn't there yet.</param>
    /// <param name="host">What tells the node's own processes from those in containers.</param>
    /// <param name="options">The tracer's.</param>
    /// <param name="logger">Told if the recording has to end early.</param>
    /// <exception cref="RecordingException">The file can't be made, or is there already.</exception>
    public static SessionRecorder Begin(string path, HostNamespaces host, LifecycleTracerOptions options, ILogger logger)
    {
        string version = typeof(SessionRecorder).Assembly.GetName().Version!.ToString();
        var session = new SessionDescription(options.TimeProvider.GetUtcNow(), version, options.IncludeRootless, host);
        return new SessionRecorder(new RecordingFile(RecordingFile.Create(path), logger), session, options.TimeProvider);
    }

    /// <summary>A record, before it is handled.</summary>
    public void Record(ReadOnlySpan<byte> record)
    {
        using (Frame(FrameKind.Record))
        {
            WriteArrival();
            _writer.Write(record);
        }
    }

    /// <param name="now">The time of CLOCK_BOOTTIME that it goes by, in nanoseconds.</param>
    public void BeginReconciliation(ulong now)
    {
        using (Frame(FrameKind.Reconciliation))
        {
            WriteArrival();
            _writer.Write(now);
        }
    }

    public void EndDrain() => Frame(FrameKind.Drained).Dispose();

    public void Lose(LossCounters losses)
    {
        using (Frame(FrameKind.Losses))
        {
            _writer.Write(losses.RingFull);
            _writer.Write(losses.MapsFull);
            _writer.Write(losses.Skipped);
        }
    }

    /// <summary>Passes an answer of the node's on.</summary>
    public TAnswer Note<TAnswer>(Question<TAnswer> question, string key, TAnswer answer)
    {
        using (Frame(FrameKind.Answer))
        {
            _writer.Write(question.Code);
            _writer.Write(key);
            question.Write(_writer, answer);
        }

        return answer;
    }

    /// <summary>Hands over what was written down since the last time: should this process be killed, that much is in the file.</summary>
    public void EndRound()
    {
        if (_frames.Length == 0)
            return;
        Frame(FrameKind.Round).Dispose();
        if (!_file.HasFailed)
            _file.Write(_frames.GetBuffer().AsSpan(0, (int)_frames.Length));
        _frames.SetLength(0);
    }

    /// <summary>The session ends as it should: what it recorded isn't cut off.</summary>
    public void End() => Frame(FrameKind.End).Dispose();

    /// <summary>Returns when everything is written.</summary>
    public void Dispose()
    {
        EndRound();
        _file.Complete();
        _writer.Dispose();
        _frames.Dispose();
    }

    private void WriteArrival() => _writer.Write(_timeProvider.GetElapsedTime(_began).Ticks);

    private OpenFrame Frame(FrameKind kind)
    {
        int start = (int)_frames.Length;
        _writer.Write(0);
        _writer.Write((byte)kind);
        return new OpenFrame(this, start);
    }

    private void Close(int start)
    {
        int length = (int)_frames.Length - start - RecordingFormat.FrameHeaderBytes;
        if (length > RecordingFormat.MaxFrameBytes)
            _file.Fail($"an answer of the node's has {length} bytes, and may have {RecordingFormat.MaxFrameBytes}.");
        BinaryPrimitives.WriteInt32LittleEndian(_frames.GetBuffer().AsSpan(start), length);
    }

    /// <summary>Writes a frame's length when all of it is there.</summary>
    private readonly ref struct OpenFrame(SessionRecorder recorder, int start)
    {
        public void Dispose() => recorder.Close(start);
    }
}
