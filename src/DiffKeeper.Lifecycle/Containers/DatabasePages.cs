using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The pages of a database that belongs to somebody else, who may be writing to it: no lock is taken, since it could hold the engine up.</summary>
internal sealed class DatabasePages(SafeFileHandle file)
{
    /// <summary>Some thousand containers; a damaged file could have its pages lead in circles.</summary>
    private const int MaxBytesInAll = 64 * 1024 * 1024;

    private int _left = MaxBytesInAll;

    /// <exception cref="InvalidDataException">The file ends before, or too much was read.</exception>
    public byte[] Read(long offset, int length)
    {
        if (length < 0 || length > _left)
            throw new InvalidDataException("More of a database was to be read than is reasonable.");

        _left -= length;
        byte[] page = new byte[length];
        for (int done = 0, read; done < length; done += read)
        {
            read = RandomAccess.Read(file, page.AsSpan(done), offset + done);
            if (read == 0)
                throw new InvalidDataException("A database is shorter than its pages say.");
        }

        return page;
    }
}
