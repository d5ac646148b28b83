using System.Buffers.Binary;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>One row of an SQLite table (sqlite.org/fileformat2.html, "Record Format").</summary>
internal sealed class SqliteRecord(byte[] payload)
{
    private const int FirstBytesType = 12;

    /// <summary>A column's text, or bytes; empty where it holds anything else.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        ReadOnlySpan<byte> value = Value(column, out long type);
        return type >= FirstBytesType ? value : default;
    }

    /// <summary>A column's number; 0 where it holds anything else, or one of more than four bytes.</summary>
    public long Number(int column)
    {
        ReadOnlySpan<byte> value = Value(column, out long type);
        return type switch
        {
            1 => (sbyte)value[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(value),
            3 => ((sbyte)value[0] << 16) | (value[1] << 8) | value[2],
            4 => BinaryPrimitives.ReadInt32BigEndian(value),
            9 => 1,
            _ => 0,
        };
    }

    /// <summary>Takes a number of seven bits a byte, the highest first.</summary>
    public static long ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        const int MaxBytes = 9;
        long number = 0;
        for (int i = 0; i < MaxBytes; i++)
        {
            byte next = bytes[i];
            number = i == MaxBytes - 1 ? (number << 8) | next : (number << 7) | (uint)(next & 0x7f);
            if (next < 0x80 || i == MaxBytes - 1)
            {
                bytes = bytes[(i + 1)..];
                break;
            }
        }

        return number;
    }

    private ReadOnlySpan<byte> Value(int column, out long type)
    {
        ReadOnlySpan<byte> types = payload;
        int headerLength = checked((int)ReadNumber(ref types));
        types = payload.AsSpan(0, headerLength)[(payload.Length - types.Length)..];
        int at = headerLength;
        for (int i = 0; !types.IsEmpty; i++)
        {
            type = ReadNumber(ref types);
            int length = LengthOf(type);
            if (i == column)
                return payload.AsSpan(at, length);
            at += length;
        }

        type = 0;
        return default;
    }

    private static int LengthOf(long type) => type switch
    {
        >= 1 and <= 4 => (int)type,
        5 => 6,
        6 or 7 => 8,
        >= FirstBytesType => checked((int)((type - FirstBytesType) / 2)),
        _ => 0,
    };
}
