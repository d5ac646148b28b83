using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>One frame of a recording.</summary>
internal readonly record struct Frame(FrameKind Kind, byte[] Payload)
{
    private const int ArrivalBytes = sizeof(long);

    /// <summary>When it came, counted from the session's start: of a <see cref="FrameKind.Record"/> and a <see cref="FrameKind.Reconciliation"/>.</summary>
    public TimeSpan Arrival => TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(Payload));

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Content => Payload.AsSpan(ArrivalBytes);

    /// <summary>The time of CLOCK_BOOTTIME that a reconciliation went by, in nanoseconds.</summary>
    public ulong ReadNow() => BinaryPrimitives.ReadUInt64LittleEndian(Content);

    public LossCounters ReadLosses()
    {
        ReadOnlySpan<ulong> counters = MemoryMarshal.Cast<byte, ulong>(Payload);
        return new LossCounters(counters[0], counters[1], counters[2]);
    }
}
