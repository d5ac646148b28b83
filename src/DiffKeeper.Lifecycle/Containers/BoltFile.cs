using System.Buffers.Binary;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Looks values up in a bbolt database (go.etcd.io/bbolt, page.go and bucket.go), which Podman 4 keeps its containers in.</summary>
/// <remarks>Numbers are the machine's own; every machine that Podman runs on here is little-endian.</remarks>
internal sealed class BoltFile
{
    private const int PageHeaderLength = 16;
    private const int ElementLength = 16;
    private const int BucketHeaderLength = 16;
    private const int MetaLength = PageHeaderLength + 64;
    private const uint Magic = 0xED0CDAED;
    private const int BranchFlag = 1;
    private const int LeafFlag = 2;
    private const uint BucketFlag = 1;

    private readonly DatabasePages _pages;
    private readonly int _pageSize;
    private readonly ulong _root;

    /// <exception cref="InvalidDataException">It is no such database.</exception>
    public BoltFile(DatabasePages pages)
    {
        _pages = pages;
        _pageSize = checked((int)ReadMeta(0).PageSize);

        // Two headers are written in turn: the later one counts.
        Meta first = ReadMeta(0), second = ReadMeta(_pageSize);
        _root = first.Transaction > second.Transaction ? first.Root : second.Root;
    }

    /// <summary>The value at the end of a path of buckets; <see langword="null"/> where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or being written to.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As above.</exception>
    public byte[]? Find(ReadOnlySpan<byte> bucket, ReadOnlySpan<byte> bucketInIt, ReadOnlySpan<byte> key)
        => Search(ReadNode(_root), bucket) is { IsBucket: true } outer
            && Search(Open(outer), bucketInIt) is { IsBucket: true } inner
            && Search(Open(inner), key) is { IsBucket: false } value
            ? value.Bytes.ToArray()
            : null;

    private Meta ReadMeta(long offset)
    {
        ReadOnlySpan<byte> meta = _pages.Read(offset, MetaLength).AsSpan(PageHeaderLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(meta) != Magic)
            throw new InvalidDataException("A bbolt database does not begin as one.");

        return new Meta(
            BinaryPrimitives.ReadUInt32LittleEndian(meta[8..]), BinaryPrimitives.ReadUInt64LittleEndian(meta[16..]), BinaryPrimitives.ReadUInt64LittleEndian(meta[48..]));
    }

    private byte[] ReadNode(ulong number)
    {
        long offset = checked((long)number * _pageSize);
        uint overflow = BinaryPrimitives.ReadUInt32LittleEndian(_pages.Read(offset, PageHeaderLength).AsSpan(12));
        return _pages.Read(offset, checked((int)((overflow + 1L) * _pageSize)));
    }

    /// <summary>A small bucket stands in the value itself.</summary>
    private ReadOnlyMemory<byte> Open(in Element bucket)
    {
        ulong root = BinaryPrimitives.ReadUInt64LittleEndian(bucket.Bytes.Span);
        return root == 0 ? bucket.Bytes[BucketHeaderLength..] : ReadNode(root);
    }

    private Element? Search(ReadOnlyMemory<byte> node, ReadOnlySpan<byte> key)
    {
        while (true)
        {
            int flags = BinaryPrimitives.ReadUInt16LittleEndian(node.Span[8..]);
            int count = BinaryPrimitives.ReadUInt16LittleEndian(node.Span[10..]);
            if ((flags & LeafFlag) != 0)
                return SearchLeaf(node, count, key);
            if ((flags & BranchFlag) == 0)
                throw new InvalidDataException("A page of a bbolt database is none of its tree's.");
            node = ReadNode(SearchBranch(node.Span, count, key));
        }
    }

    private static Element? SearchLeaf(ReadOnlyMemory<byte> node, int count, ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < count; i++)
        {
            int at = PageHeaderLength + (i * ElementLength);
            ReadOnlySpan<byte> element = node.Span[at..];
            int keyAt = at + BinaryPrimitives.ReadInt32LittleEndian(element[4..]);
            int keyLength = BinaryPrimitives.ReadInt32LittleEndian(element[8..]);
            if (!node.Span.Slice(keyAt, keyLength).SequenceEqual(key))
                continue;

            bool isBucket = (BinaryPrimitives.ReadUInt32LittleEndian(element) & BucketFlag) != 0;
            return new Element(isBucket, node.Slice(keyAt + keyLength, BinaryPrimitives.ReadInt32LittleEndian(element[12..])));
        }

        return null;
    }

    /// <summary>The page of the last element whose key does not come after; the first element's is that of all before it.</summary>
    private static ulong SearchBranch(ReadOnlySpan<byte> node, int count, ReadOnlySpan<byte> key)
    {
        ulong page = 0;
        for (int i = 0; i < count; i++)
        {
            int at = PageHeaderLength + (i * ElementLength);
            ReadOnlySpan<byte> element = node[at..];
            int keyAt = at + BinaryPrimitives.ReadInt32LittleEndian(element);
            if (i > 0 && node.Slice(keyAt, BinaryPrimitives.ReadInt32LittleEndian(element[4..])).SequenceCompareTo(key) > 0)
                break;
            page = BinaryPrimitives.ReadUInt64LittleEndian(element[8..]);
        }

        return page;
    }

    private readonly record struct Meta(uint PageSize, ulong Root, ulong Transaction);

    private readonly record struct Element(bool IsBucket, ReadOnlyMemory<byte> Bytes);
}
