using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>The memory that a ring buffer shares with the kernel, unmapped when the last lease on it has ended.</summary>
/// <remarks>
/// The layout is that of <c>struct bpf_ringbuf</c> and ringbuf_map_mmap_kern in kernel/bpf/ringbuf.c: a page with the consumer's position,
/// which alone may be written; a page with the producer's position; then the data twice in a row, so that a record that wraps the end is
/// whole in memory all the same. "Page" is the machine's (4, 16 or 64 KiB). Positions are <c>unsigned long</c> and only ever grow.
/// </remarks>
internal sealed unsafe class RingMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly nint _producerPage;

    /// <summary>Takes over two mappings: the consumer's page, and the producer's page with the data behind it.</summary>
    internal RingMemory(nint consumerPage, nint producerPage, uint capacity)
        : base(ownsHandle: true)
    {
        SetHandle(consumerPage);
        _producerPage = producerPage;
        Capacity = capacity;
    }

    /// <summary>The bytes of the data area: a power of two and a multiple of the page size.</summary>
    internal uint Capacity { get; }

    internal ulong* ConsumerPosition => (ulong*)handle;

    internal ulong* ProducerPosition => (ulong*)_producerPage;

    internal byte* Data => (byte*)_producerPage + Environment.SystemPageSize;

    internal static RingMemory Map(SafeFileHandle map, uint capacity)
    {
        int pageSize = Environment.SystemPageSize;
        nint consumerPage = MapPart(map, 0, (nuint)pageSize, LibC.ProtectionRead | LibC.ProtectionWrite);
        try
        {
            nint producerPage = MapPart(map, pageSize, ProducerLength(capacity), LibC.ProtectionRead);
            return new RingMemory(consumerPage, producerPage, capacity);
        }
        catch
        {
            _ = LibC.MemoryUnmap(consumerPage, (nuint)pageSize);
            throw;
        }
    }

    internal static nuint ProducerLength(uint capacity) => (nuint)Environment.SystemPageSize + 2 * (nuint)capacity;

    protected override bool ReleaseHandle() =>
        LibC.MemoryUnmap(handle, (nuint)Environment.SystemPageSize) == 0 & LibC.MemoryUnmap(_producerPage, ProducerLength(Capacity)) == 0;

    private static nint MapPart(SafeFileHandle map, long offset, nuint length, int protection)
    {
        nint address = LibC.MemoryMap(0, length, protection, LibC.MapShared, map, offset);
        if (address == LibC.MapFailed)
        {
            Exception error = LibC.LastError();
            throw new RingBufferException(
                $"The ring buffer's memory can't be mapped: {error.Message}. Open the map for reading and writing, and not frozen.", error);
        }

        return address;
    }
}
