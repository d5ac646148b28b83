namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>A file on a disk that holds so many bytes.</summary>
internal sealed class FailingDisk(int capacity) : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int room = Math.Min(buffer.Length, capacity - (int)Length);
        Write(buffer.Span[..room]);
        return room == buffer.Length ? ValueTask.CompletedTask : throw new IOException("No space left on device");
    }
}
