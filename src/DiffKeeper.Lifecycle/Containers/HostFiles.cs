using System.Buffers;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The node's files as the tracker sees them. Whatever can't be read is as if it weren't there.</summary>
/// <param name="root">Where the node's file system is mounted; empty where it is this process's own.</param>
internal sealed class HostFiles(string root = "")
{
    private const int InitialBufferBytes = 16 * 1024;

    public delegate TResult Parser<TResult>(ReadOnlySpan<byte> content);

    /// <summary>Where the node's file system is mounted; empty where it is this process's own.</summary>
    public string Root => root;

    /// <summary>Reads a whole file of at most <paramref name="maxBytes"/> and hands it to <paramref name="parse"/>.</summary>
    /// <returns>What <paramref name="parse"/> made of it; the default where the file can't be read or is larger.</returns>
    public TResult? Parse<TResult>(string path, int maxBytes, Parser<TResult> parse) => ParseOwn(root + path, maxBytes, parse);

    /// <summary>Opens a file to read here and there in it; <see langword="null"/> where it can't be.</summary>
    public SafeFileHandle? Open(string path) => LibC.OpenToRead(root + path);

    public bool Exists(string path) => File.Exists(root + path);

    /// <summary>The names of the directories in a directory; none where there is no such directory.</summary>
    public IEnumerable<string> DirectoriesIn(string path)
    {
        string directory = root + path;
        if (!Directory.Exists(directory))
            return [];
        try
        {
            return [.. new DirectoryInfo(directory).EnumerateDirectories().Select(static entry => entry.Name)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>As <see cref="Parse"/>, of a file that isn't the node's but this process's own view of it, such as /proc.</summary>
    public static TResult? ParseOwn<TResult>(string path, int maxBytes, Parser<TResult> parse)
    {
        using SafeFileHandle? file = LibC.OpenToRead(path);
        if (file is null)
            return default;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialBufferBytes);
        try
        {
            int length = 0;
            for (int read; (read = RandomAccess.Read(file, buffer.AsSpan(length), length)) > 0;)
            {
                length += read;
                if (length > maxBytes)
                    return default;
                if (length == buffer.Length)
                    Grow(ref buffer);
            }

            return parse(buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return default;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Grow(ref byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
