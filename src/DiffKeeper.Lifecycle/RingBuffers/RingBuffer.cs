using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>Reads a BPF ring buffer map (BPF_MAP_TYPE_RINGBUF, Linux 5.8 and later) in place: records are spans over the kernel's memory.</summary>
/// <example>
/// <code>
/// using RingBuffer ring = RingBuffer.Open(mapFileDescriptor);
/// using CancellationTokenRegistration stop = stoppingToken.Register(ring.Wake);
/// while (ring.Wait() != WaitResult.Woken)
/// {
///     foreach (ReadOnlySpan&lt;byte&gt; record in ring.Drain())
///         Handle(record);
/// }
/// </code>
/// </example>
/// <remarks>
/// <para>
/// One reader at a time: <see cref="Drain"/> and <see cref="Wait(TimeSpan)"/> refuse to begin while another thread, or an enclosing
/// <see langword="foreach"/>, is in one of them. All else may be called from any thread at any time. Nothing here sees a second
/// reader of the same map that has opened it on its own, in this process or in another: a map has one reader.
/// </para>
/// <para>Needs a 64-bit process, since positions are the kernel's <c>unsigned long</c>.</para>
/// </remarks>
public sealed partial class RingBuffer : IDisposable
{
    private readonly RingMemory _memory;
    private readonly RingSignal _signal;

    private int _disposed;

    /// <summary>Takes over the memory and the descriptor that becomes readable when a producer commits.</summary>
    internal RingBuffer(RingMemory memory, SafeFileHandle dataReady)
    {
        _memory = memory;
        _signal = new RingSignal(dataReady);
    }

    /// <summary>Opens the ring buffer map behind a file descriptor.</summary>
    /// <param name="map">Stays the caller's, who may close it at once: the ring buffer works with a duplicate.</param>
    /// <returns>A reader that begins at the first record that no reader has consumed yet.</returns>
    /// <exception cref="RingBufferException">The descriptor is none of a ring buffer map, or the kernel refuses to map its memory.</exception>
    /// <exception cref="PlatformNotSupportedException">The process is not a 64-bit one on Linux.</exception>
    public static RingBuffer Open(SafeHandle map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            throw new PlatformNotSupportedException("BPF ring buffers are read by 64-bit processes on Linux only.");
        }

        SafeFileHandle duplicate = LibC.FileControl(map, LibC.DuplicateCloseOnExec, 0);
        RingMemory? memory = null;
        try
        {
            if (duplicate.IsInvalid)
            {
                Exception error = LibC.LastError();
                throw new RingBufferException($"The map's file descriptor can't be duplicated: {error.Message}.", error);
            }

            memory = RingMemory.Map(duplicate, ReadCapacity(duplicate));
            return new RingBuffer(memory, duplicate);
        }
        catch
        {
            memory?.Dispose();
            duplicate.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Open(SafeHandle)"/>
    public static RingBuffer Open(int map)
    {
        using var borrowed = new SafeFileHandle(map, ownsHandle: false);
        return Open(borrowed);
    }

    /// <summary>Wakes a waiting reader, whose wait then throws, and unmaps the memory: at once, or when the drain in progress ends.</summary>
    /// <remarks>Never blocks and may be called within a drain, too: its spans stay valid until it ends.</remarks>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _signal.Wake();
            _signal.Dispose();
            _memory.Dispose();
        }
    }

    private static uint ReadCapacity(SafeFileHandle map)
    {
        BpfMapInfo info = BpfMapInfo.Read(map);
        if (info.Type != BpfMapInfo.RingBufferType)
        {
            throw new RingBufferException(
                $"The map is of type {info.Type}, not a ring buffer ({BpfMapInfo.RingBufferType}, BPF_MAP_TYPE_RINGBUF): pass another map.");
        }

        return (info.Flags & BpfMapInfo.OverwriteFlag) == 0
            ? info.MaxEntries
            : throw new RingBufferException(
                "The ring buffer overwrites what has not been read (BPF_F_RB_OVERWRITE), so nothing in it can be leased: create it without.");
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
}
