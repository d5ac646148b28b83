using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>How values are written that <see cref="BinaryWriter"/> has no form for. That one writes little-endian numbers, and texts as UTF-8 behind their lengths.</summary>
internal static class FrameFields
{
    public static void WriteOptional<T>(this BinaryWriter writer, T? value, Action<BinaryWriter, T> write)
        where T : class
    {
        writer.Write(value is not null);
        if (value is not null)
            write(writer, value);
    }

    public static T? ReadOptional<T>(this BinaryReader reader, Func<BinaryReader, T> read)
        where T : class => reader.ReadBoolean() ? read(reader) : null;

    public static void WriteText(this BinaryWriter writer, string? text) => writer.WriteOptional(text, static (writer, text) => writer.Write(text));

    public static string? ReadText(this BinaryReader reader) => reader.ReadOptional(static reader => reader.ReadString());

    public static void WriteBytes(this BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadBytes(this BinaryReader reader)
    {
        int length = reader.ReadInt32();
        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    public static void WriteList<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
            write(writer, item);
    }

    public static List<T> ReadList<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        // Not made as long as a damaged count says.
        List<T> items = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
            items.Add(read(reader));
        return items;
    }

    public static void WriteLabels(this BinaryWriter writer, IReadOnlyDictionary<string, string>? labels)
        => writer.WriteOptional(labels, static (writer, labels) => writer.WriteList(labels, static (writer, label) =>
        {
            writer.Write(label.Key);
            writer.Write(label.Value);
        }));

    public static IReadOnlyDictionary<string, string>? ReadLabels(this BinaryReader reader)
        => reader.ReadOptional<IReadOnlyDictionary<string, string>>(
            static reader => reader.ReadList(static reader => KeyValuePair.Create(reader.ReadString(), reader.ReadString())).ToDictionary());

    /// <summary>A structure of native/bpf/lifecycle.h, as it lies in memory: every machine that this traces on is little-endian.</summary>
    public static void WriteStructure<T>(this BinaryWriter writer, T structure)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in structure)));

    public static T ReadStructure<T>(this BinaryReader reader)
        where T : unmanaged
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<T>()];
        reader.BaseStream.ReadExactly(bytes);
        return MemoryMarshal.Read<T>(bytes);
    }
}
