namespace DiffKeeper.Lifecycle.Tests.Recordings;

/// <summary>A file whose writes return when the test says so.</summary>
internal sealed class StalledDisk : MemoryStream
{
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _resumed.SetResult();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _resumed.Task.WaitAsync(cancellationToken);
        Write(buffer.Span);
    }
}
