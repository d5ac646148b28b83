using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;
using DiffKeeper.Lifecycle.RingBuffers;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Tests.RingBuffers;

/// <summary>The kernel's side of a ring buffer, in memory that is laid out and mapped as kernel/bpf/ringbuf.c does it.</summary>
/// <remarks>One producer thread at a time.</remarks>
internal sealed unsafe partial class SimulatedRing : IDisposable
{
    private const int HeaderSize = 8;
    private const uint Busy = 1u << 31;
    private const uint Discard = 1u << 30;
    private const int MapFixed = 0x10;
    private const int MapPrivateAnonymous = 0x22;
    private const int ReadWrite = LibC.ProtectionRead | LibC.ProtectionWrite;

    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _dataReady = LibC.EventFd(0, LibC.EventFdCloseOnExec | LibC.EventFdNonBlocking);
    private readonly RingMemory _own;
    private readonly uint _capacity;

    public SimulatedRing(int capacity)
    {
        _capacity = (uint)capacity;
        _file = MemoryFileCreate("simulated-ring", 0);
        if (FileTruncate(_file, 2 * Environment.SystemPageSize + capacity) != 0)
        {
            throw LibC.LastError();
        }

        _own = MapFile(ReadWrite);
    }

    /// <summary>Wakeups sent so far.</summary>
    public int Wakeups { get; private set; }

    public ulong ConsumerPosition => Volatile.Read(ref *_own.ConsumerPosition);

    public ulong ProducerPosition => Volatile.Read(ref *_own.ProducerPosition);

    public RingBuffer Open() => new(MapForReader(), LibC.FileControl(_dataReady, LibC.DuplicateCloseOnExec, 0));

    /// <summary>The reader's view: all but the consumer's page is read-only, as the kernel maps it.</summary>
    public RingMemory MapForReader() => MapFile(LibC.ProtectionRead);

    /// <summary>Begins both positions somewhere else than at 0. Before anything is produced.</summary>
    public void StartAt(ulong position)
    {
        *_own.ConsumerPosition = position;
        *_own.ProducerPosition = position;
    }

    /// <summary>bpf_ringbuf_reserve: the bytes to fill, or none if the ring is full.</summary>
    public bool TryReserve(int length, out Reservation reservation)
    {
        ulong position = *_own.ProducerPosition;
        ulong next = position + ((ulong)length + HeaderSize + 7 & ~7ul);
        reservation = new Reservation(position, length);
        if (next - ConsumerPosition > _capacity - 1)
        {
            return false;
        }

        *Header(position) = Busy | (uint)length;
        Volatile.Write(ref *_own.ProducerPosition, next);
        return true;
    }

    public Reservation Reserve(int length) =>
        TryReserve(length, out Reservation reservation) ? reservation : throw new InvalidOperationException("The simulated ring is full.");

    public Span<byte> BytesOf(Reservation reservation) => new((byte*)Header(reservation.Position) + HeaderSize, reservation.Length);

    /// <summary>bpf_ringbuf_commit, with its rule of whom to wake.</summary>
    public void Commit(Reservation reservation, bool discard = false, bool noWakeup = false)
    {
        uint header = (uint)reservation.Length | (discard ? Discard : 0);
        _ = Interlocked.Exchange(ref *Header(reservation.Position), header);
        if (!noWakeup && ConsumerPosition == reservation.Position)
        {
            Wakeups++;
            _ = LibC.Write(_dataReady, 1, sizeof(ulong));
        }
    }

    public void Produce(ReadOnlySpan<byte> record)
    {
        Reservation reservation = Reserve(record.Length);
        record.CopyTo(BytesOf(reservation));
        Commit(reservation);
    }

    public void Discarded(int length) => Commit(Reserve(length), discard: true);

    /// <summary>Writes what the kernel never would.</summary>
    public void Corrupt(ulong position, uint header) => *Header(position) = header;

    /// <inheritdoc cref="Corrupt(ulong, uint)"/>
    public void CorruptProducerPosition(ulong position) => *_own.ProducerPosition = position;

    /// <summary>Takes consumed records back into the ring, untouched, to be read again.</summary>
    public void Rewind(ulong position) => *_own.ConsumerPosition = position;

    public void Dispose()
    {
        _own.Dispose();
        _dataReady.Dispose();
        _file.Dispose();
    }

    private uint* Header(ulong position) => (uint*)(_own.Data + (position & (_capacity - 1)));

    private RingMemory MapFile(int producerProtection)
    {
        int page = Environment.SystemPageSize;
        nint consumer = Mapped(LibC.MemoryMap(0, (nuint)page, ReadWrite, LibC.MapShared, _file, 0));
        nint producer = Mapped(AnonymousMap(0, RingMemory.ProducerLength(_capacity), 0, MapPrivateAnonymous, -1, 0));
        int shared = LibC.MapShared | MapFixed;
        Mapped(LibC.MemoryMap(producer, (nuint)page + _capacity, producerProtection, shared, _file, page));
        Mapped(LibC.MemoryMap(producer + page + (nint)_capacity, _capacity, producerProtection, shared, _file, 2 * page));
        return new RingMemory(consumer, producer, _capacity);
    }

    private static nint Mapped(nint address) => address != LibC.MapFailed ? address : throw LibC.LastError();

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle MemoryFileCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int FileTruncate(SafeFileHandle descriptor, long length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint AnonymousMap(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    /// <summary>A record that was reserved, and is to be committed.</summary>
    public readonly record struct Reservation(ulong Position, int Length);
}
