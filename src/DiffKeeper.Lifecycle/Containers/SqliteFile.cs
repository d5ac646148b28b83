using System.Buffers.Binary;
using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Looks rows up in an SQLite database (sqlite.org/fileformat2.html), which Podman keeps its containers in since version 4.8.</summary>
/// <remarks>A table is walked from its end, where the latest rows are: those of the containers that are created now.</remarks>
internal sealed class SqliteFile
{
    private const int HeaderLength = 100;
    private const byte InteriorTable = 0x05;
    private const byte LeafTable = 0x0d;
    private const int MaxDepth = 32;

    // The columns of sqlite_schema: type, name, tbl_name, rootpage, sql.
    private const int SchemaPage = 1;
    private const int SchemaNameColumn = 1;
    private const int SchemaRootColumn = 3;

    private readonly DatabasePages _pages;
    private readonly int _pageSize;
    private readonly int _usableSize;

    /// <exception cref="InvalidDataException">It is no such database.</exception>
    public SqliteFile(DatabasePages pages)
    {
        _pages = pages;
        ReadOnlySpan<byte> header = pages.Read(0, HeaderLength);
        if (!header.StartsWith("SQLite format 3\0"u8))
            throw new InvalidDataException("An SQLite database does not begin as one.");

        // 64 KiB does not fit into the field, and is written as 1.
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        _pageSize = pageSize == 1 ? 64 * 1024 : pageSize;
        _usableSize = _pageSize - header[20];
    }

    /// <summary>A column of the latest row whose first column is this text; <see langword="null"/> where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or being written to.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As above.</exception>
    public byte[]? Find(string table, string key, int column)
    {
        byte[] name = Encoding.UTF8.GetBytes(table), wanted = Encoding.UTF8.GetBytes(key);
        SqliteRecord? entry = Rows(SchemaPage, 0).FirstOrDefault(row => row.Bytes(SchemaNameColumn).SequenceEqual(name));
        SqliteRecord? found = entry is null ? null : Rows(checked((uint)entry.Number(SchemaRootColumn)), 0).FirstOrDefault(row => row.Bytes(0).SequenceEqual(wanted));
        return found?.Bytes(column).ToArray();
    }

    private IEnumerable<SqliteRecord> Rows(uint pageNumber, int depth)
    {
        byte[] page = ReadPage(pageNumber);
        int header = pageNumber == SchemaPage ? HeaderLength : 0;
        int cells = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(header + 3));
        if (page[header] == LeafTable)
        {
            for (int i = cells - 1; i >= 0; i--)
                yield return new SqliteRecord(ReadPayload(page, CellAt(page, header + 8, i)));
            yield break;
        }

        if (page[header] != InteriorTable || depth == MaxDepth)
            throw new InvalidDataException("A page of an SQLite database is none of its table's.");
        foreach (SqliteRecord row in Rows(BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(header + 8)), depth + 1))
            yield return row;
        for (int i = cells - 1; i >= 0; i--)
        {
            foreach (SqliteRecord row in Rows(BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(CellAt(page, header + 12, i))), depth + 1))
                yield return row;
        }
    }

    private byte[] ReadPage(uint number) => _pages.Read((number - 1L) * _pageSize, _pageSize);

    private static int CellAt(byte[] page, int pointers, int index) => BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(pointers + (index * 2)));

    /// <summary>A row's bytes, the first of which are in the table's page and the rest in a chain of others.</summary>
    private byte[] ReadPayload(byte[] page, int cell)
    {
        ReadOnlySpan<byte> rest = page.AsSpan(cell);
        long length = SqliteRecord.ReadNumber(ref rest);
        SqliteRecord.ReadNumber(ref rest);
        if (length is < 0 or > DocumentLimits.MaxBytes)
            throw new InvalidDataException("A row of an SQLite database is longer than is reasonable.");

        byte[] payload = new byte[length];
        int done = LocalLength((int)length);
        rest[..done].CopyTo(payload);
        for (uint next = done == length ? 0 : BinaryPrimitives.ReadUInt32BigEndian(rest[done..]); done < length;)
        {
            ReadOnlySpan<byte> overflow = ReadPage(next).AsSpan(0, _usableSize);
            int part = Math.Min((int)length - done, overflow.Length - sizeof(uint));
            overflow.Slice(sizeof(uint), part).CopyTo(payload.AsSpan(done));
            next = BinaryPrimitives.ReadUInt32BigEndian(overflow);
            done += part;
        }

        return payload;
    }

    /// <summary>How much of a row stands in the table's page ("Cell Payload Overflow Pages").</summary>
    private int LocalLength(int length)
    {
        if (length <= _usableSize - 35)
            return length;

        int least = ((_usableSize - 12) * 32 / 255) - 23;
        int local = least + ((length - least) % (_usableSize - 4));
        return local <= _usableSize - 35 ? local : least;
    }
}
