namespace DiffKeeper.Lifecycle.RingBuffers;

public sealed partial class RingBuffer
{
    /// <summary>Hands out the records there are when the loop begins, in order and in place, up to one not committed yet or to a limit.</summary>
    /// <param name="limits">How much to take at most; by default what <see cref="DrainLimits"/> says.</param>
    /// <returns>
    /// What <see langword="foreach"/> enumerates. A record is valid until the loop ends, and the compiler keeps it from being returned or
    /// stored beyond (error CS8352): <paramref name="limits"/> is passed by reference and lives on the stack, so whatever comes out of
    /// this call is bound to the stack frame, too. To keep a record, copy it.
    /// </returns>
    /// <remarks>
    /// A record that was handed out is consumed, also when the loop is left by <see langword="break"/> or an exception. The kernel gets
    /// the space back when the loop ends, all at once. An enumeration allocates nothing and calls nothing native.
    /// The loop throws <see cref="InvalidOperationException"/> if the ring buffer is being read already,
    /// <see cref="ObjectDisposedException"/> if it was disposed, and <see cref="RingBufferException"/> at what the kernel can't have written.
    /// </remarks>
    public RingRecords Drain(in DrainLimits limits = default) => new(this, limits.Records, limits.Bytes);
}
