using System.Runtime.CompilerServices;

namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>The eight bytes before each record.</summary>
/// <remarks>
/// <c>struct bpf_ringbuf_hdr { u32 len; u32 pg_off; }</c> of kernel/bpf/ringbuf.c, with the flags of include/uapi/linux/bpf.h
/// (BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT, BPF_RINGBUF_HDR_SZ) in the length's top bits. <c>pg_off</c> is the kernel's own.
/// </remarks>
internal static class RecordHeader
{
    internal const int Size = 8;

    /// <summary>Reserved by a producer that has not committed yet; the record's bytes are still its own.</summary>
    internal const uint Busy = 1u << 31;

    /// <summary>Given up by its producer: takes space, but is no record.</summary>
    internal const uint Discarded = 1u << 30;

    /// <summary>The bytes from this header to the next: header and record, rounded up to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Stride(uint header) => ((header & ~(Busy | Discarded)) + (ulong)Size + 7) & ~7ul;
}
