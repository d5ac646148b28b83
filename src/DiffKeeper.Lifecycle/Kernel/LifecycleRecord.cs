using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>A typed view of one record in the ring: nothing is copied, and it lives as long as the ring's lease.</summary>
internal readonly ref struct LifecycleRecord
{
    private readonly ReadOnlySpan<byte> _text;

    /// <param name="header">What the kernel would have said.</param>
    /// <param name="text">What follows it: as <see cref="Argv"/> or <see cref="CgroupNames"/>.</param>
    public LifecycleRecord(ref readonly RecordHeader header, ReadOnlySpan<byte> text)
    {
        Header = ref header;
        _text = text;
    }

    public readonly ref readonly RecordHeader Header;

    /// <summary>The arguments of a <see cref="RecordKind.RuntimeExec"/>, each ended by a NUL; empty for the others.</summary>
    public ReadOnlySpan<byte> Argv => Header.Kind == RecordKind.RuntimeExec ? _text : default;

    /// <summary>
    /// The names of an <see cref="RecordKind.Entrypoint"/>'s cgroup and of all above it but the root, the innermost first, each ended by a NUL; empty for
    /// the others, and where they did not fit.
    /// </summary>
    public ReadOnlySpan<byte> CgroupNames => Header.Kind == RecordKind.Entrypoint ? _text : default;

    /// <summary>Views <paramref name="bytes"/> as a record; <see langword="false"/> where they can't be one.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out LifecycleRecord record)
    {
        record = default;
        if (bytes.Length < Unsafe.SizeOf<RecordHeader>())
            return false;

        ref readonly RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(bytes);
        ReadOnlySpan<byte> rest = bytes[Unsafe.SizeOf<RecordHeader>()..];
        if (header.Kind is < RecordKind.RuntimeExec or > RecordKind.CgroupRemoved || header.TextLength > rest.Length)
            return false;

        record = new LifecycleRecord(in header, rest[..header.TextLength]);
        return true;
    }
}
