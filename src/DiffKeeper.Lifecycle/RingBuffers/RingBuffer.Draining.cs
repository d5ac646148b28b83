using System.Diagnostics.CodeAnalysis;

namespace DiffKeeper.Lifecycle.RingBuffers;

public sealed partial class RingBuffer
{
    /// <summary>Hands out the committed records in order, each in place, until none is left, one is not committed yet, or a limit is reached.</summary>
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
    /// <see cref="ObjectDisposedException"/> if it was disposed, and <see cref="RingBufferException"/> at a header that the kernel can't have
    /// written.
    /// </remarks>
    public RingRecords Drain(in DrainLimits limits = default) => new(this, limits.Records, limits.Bytes);

    [DoesNotReturn]
    private static void ThrowCorrupt(ulong position, string what) =>
        throw new RingBufferException(
            $"The ring buffer is corrupt at position {position}: {what}. Something else has written to its memory; open the map anew.");
}
