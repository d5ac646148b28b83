using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Kernel;

/// <summary>Lays records out as the kernel programs do.</summary>
internal static class RecordBuilder
{
    private const int SmallRecordBytes = 128;
    private const int MediumRecordBytes = 1024;

    public static byte[] Build(in RecordHeader header, params string[] texts)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(texts.Select(static text => text + '\0')));
        byte[] record = new byte[texts.Length == 0 ? SmallRecordBytes : MediumRecordBytes];
        RecordHeader written = header;
        written.TextLength = (ushort)text.Length;
        MemoryMarshal.Write(record, in written);
        text.CopyTo(record, Unsafe.SizeOf<RecordHeader>());
        return record;
    }

    public static RecordHeader.Comm Comm(string name)
    {
        RecordHeader.Comm comm = default;
        Encoding.UTF8.GetBytes(name).CopyTo((Span<byte>)comm);
        return comm;
    }
}
