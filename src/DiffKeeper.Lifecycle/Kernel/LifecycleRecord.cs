using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>A typed view of one record in the ring: nothing is copied, and it lives as long as the ring's lease.</summary>
internal readonly ref struct LifecycleRecord
{
    /// <param name="header">What the kernel would have said.</param>
    /// <param name="argv">The arguments, each ended by a NUL.</param>
    public LifecycleRecord(ref readonly RecordHeader header, ReadOnlySpan<byte> argv)
    {
        Header = ref header;
        Argv = argv;
    }

    public readonly ref readonly RecordHeader Header;

    /// <summary>The arguments of a <see cref="RecordKind.RuntimeExec"/>, each ended by a NUL; empty for the others.</summary>
    public readonly ReadOnlySpan<byte> Argv;

    /// <summary>Views <paramref name="bytes"/> as a record; <see langword="false"/> where they can't be one.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out LifecycleRecord record)
    {
        record = default;
        if (bytes.Length < Unsafe.SizeOf<RecordHeader>())
            return false;

        ref readonly RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(bytes);
        ReadOnlySpan<byte> rest = bytes[Unsafe.SizeOf<RecordHeader>()..];
        if (header.Kind is < RecordKind.RuntimeExec or > RecordKind.CgroupRemoved || header.ArgvLength > rest.Length)
            return false;

        record = new LifecycleRecord(in header, rest[..header.ArgvLength]);
        return true;
    }
}
