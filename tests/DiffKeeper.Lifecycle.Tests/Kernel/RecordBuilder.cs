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

    public static byte[] Build(in RecordHeader header, params string[] argv)
    {
        byte[] arguments = Encoding.UTF8.GetBytes(string.Concat(argv.Select(static argument => argument + '\0')));
        byte[] record = new byte[argv.Length == 0 ? SmallRecordBytes : MediumRecordBytes];
        RecordHeader written = header;
        written.ArgvLength = (ushort)arguments.Length;
        MemoryMarshal.Write(record, in written);
        arguments.CopyTo(record, Unsafe.SizeOf<RecordHeader>());
        return record;
    }

    public static RecordHeader.Comm Comm(string name)
    {
        RecordHeader.Comm comm = default;
        Encoding.UTF8.GetBytes(name).CopyTo((Span<byte>)comm);
        return comm;
    }
}
