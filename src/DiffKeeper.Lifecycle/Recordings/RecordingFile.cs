using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Writes a recording on a thread of its own: whoever records never waits for a disk.</summary>
internal sealed class RecordingFile
{
    /// <summary>Some hundred thousand records. A disk that is this far behind does not catch up.</summary>
    private const int MaxWaitingBytes = 64 * 1024 * 1024;

    private readonly Channel<byte[]> _chunks = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Stream _stream;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private long _waitingBytes;
    private int _hasFailed;

    /// <param name="stream">Is disposed with the recording.</param>
    /// <param name="logger">Told once, if the recording has to end early.</param>
    public RecordingFile(Stream stream, ILogger logger)
    {
        _stream = stream;
        _logger = logger;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Whether nothing is written any more.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed) != 0;

    /// <summary>Makes a new file that only its owner may read.</summary>
    /// <exception cref="RecordingException">It can't be made, or there is one already.</exception>
    public static FileStream Create(string path)
    {
        // Else the file of a former session would be lost, or one be written to that others may read.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new RecordingException($"The session can't be recorded, since '{path}' is there already: name a new file, or remove that one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RecordingException($"The session can't be recorded in '{path}' ({e.Message.TrimEnd('.')}): name a file in a directory that can be written to.", e);
        }
    }

    /// <summary>Takes whole frames and returns at once.</summary>
    public void Write(ReadOnlySpan<byte> frames)
    {
        if (Interlocked.Add(ref _waitingBytes, frames.Length) > MaxWaitingBytes)
            Fail($"the disk is {MaxWaitingBytes >> 20} MiB behind.");
        if (!HasFailed)
            _chunks.Writer.TryWrite(frames.ToArray());
    }

    /// <summary>Ends the recording early, of which the log is told.</summary>
    /// <param name="reason">A sentence.</param>
    public void Fail(string reason)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
            _logger.RecordingEnded(reason);
    }

    /// <summary>Returns when everything is written and the file is closed.</summary>
    public void Complete()
    {
        _chunks.Writer.TryComplete();
        // Whatever became of it: what it has to say is in the log.
        Task.WaitAny(_writing);
    }

    private async Task WriteAllAsync()
    {
        try
        {
            await using (_stream.ConfigureAwait(false))
            {
                await foreach (byte[] chunk in _chunks.Reader.ReadAllAsync().ConfigureAwait(false))
                {
                    Interlocked.Add(ref _waitingBytes, -chunk.Length);
                    if (HasFailed)
                        continue;
                    await _stream.WriteAsync(chunk).ConfigureAwait(false);
                    await _stream.FlushAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail($"the file can't be written to ({e.Message.TrimEnd('.')}).");
        }
    }
}
