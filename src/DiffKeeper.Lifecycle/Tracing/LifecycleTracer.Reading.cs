using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tracing;

#pragma warning disable IDE0130 // With the other half.
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

public sealed partial class LifecycleTracer
{
    private LossCounters _reportedLosses;

    private void StartReader()
        => new Thread(Read) { Name = "diffkeeper reader", IsBackground = true }.Start();

    /// <summary>The reader's thread: sleeps until the kernel has something, and passes it on.</summary>
    private void Read()
    {
        Exception? failure = null;
        try
        {
            while (!_disposed)
            {
                _ring.Wait();
                foreach (ReadOnlySpan<byte> bytes in _ring.Drain())
                    Handle(bytes);
                ReportLosses();
            }
        }
        catch (Exception e)
        {
            // Whatever it was, nobody may go on waiting for events that can't come.
            failure = e;
            _logger.ReaderFailed(e);
        }
        finally
        {
            _ring.Dispose();
            _program.Dispose();
            _subscriptions.Complete(failure);
            _readerEnded.SetResult();
        }
    }

    private void Handle(ReadOnlySpan<byte> bytes)
    {
        if (LifecycleRecord.TryDecode(bytes, out LifecycleRecord record))
            _tracker.Handle(in record);
        else
            _logger.UndecodableRecord(bytes.Length);
    }

    private void ReportLosses()
    {
        LossCounters losses = _program.ReadLosses();
        if (losses == _reportedLosses)
            return;
        _reportedLosses = losses;
        _logger.RecordsLost(losses.RingFull, losses.TasksFull);
    }
}
