using System.Buffers;
using System.Text.Unicode;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The node's files as the tracker sees them. Whatever can't be read is as if it weren't there.</summary>
/// <param name="root">Where the node's file system is mounted; empty where it is this process's own.</param>
internal sealed class HostFiles(string root = "")
{
    private const int InitialBufferBytes = 16 * 1024;
    private const int MaxPathBytes = 4096; // PATH_MAX

    public delegate TResult Parser<TResult>(ReadOnlySpan<byte> content);

    public delegate TResult Parser<TState, TResult>(ReadOnlySpan<byte> content, TState state);

    /// <summary>Where the node's file system is mounted; empty where it is this process's own.</summary>
    public string Root => root;

    /// <summary>Reads a whole file of at most <paramref name="maxBytes"/> and hands it to <paramref name="parse"/>.</summary>
    /// <returns>What <paramref name="parse"/> made of it; the default where the file can't be read or is larger.</returns>
    public TResult? Parse<TResult>(string path, int maxBytes, Parser<TResult> parse) => ParseOwn(root + path, maxBytes, parse);

    /// <summary>As <see cref="Parse{TResult}"/>, and nothing is allocated for it: for what is read of every container.</summary>
    public TResult? Parse<TState, TResult>(string directory, string file, int maxBytes, TState state, Parser<TState, TResult> parse)
    {
        Span<byte> path = stackalloc byte[MaxPathBytes];
        return Utf8.TryWrite(path, $"{root}{directory}/{file}\0", out _) ? Read(path, maxBytes, state, parse) : default;
    }

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

    /// <summary>As <see cref="Parse{TResult}"/>, of a file that isn't the node's but this process's own view of it, such as /proc.</summary>
    public static TResult? ParseOwn<TResult>(string path, int maxBytes, Parser<TResult> parse)
    {
        Span<byte> buffer = stackalloc byte[MaxPathBytes];
        return Utf8.TryWrite(buffer, $"{path}\0", out _) ? Read(buffer, maxBytes, parse, static (content, parse) => parse(content)) : default;
    }

    /// <remarks>
    /// By the C library's calls, not by <see cref="File"/>: a process that has gone, or a bundle that isn't there, is everyday here, and the exception
    /// for it would cost 15 µs where the failed call costs one. Besides that, it locks what it opens, which takes three more calls a file.
    /// </remarks>
    private static TResult? Read<TState, TResult>(ReadOnlySpan<byte> path, int maxBytes, TState state, Parser<TState, TResult> parse)
    {
        using SafeFileHandle file = LibC.Open(path, LibC.OpenNonBlockingCloseOnExec);
        if (file.IsInvalid)
            return default;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialBufferBytes);
        try
        {
            int length = 0;
            nint read;
            while ((read = LibC.Read(file, buffer.AsSpan(length), (nuint)(buffer.Length - length))) > 0)
            {
                length += (int)read;
                if (length > maxBytes)
                    return default;
                if (length == buffer.Length)
                    Grow(ref buffer);
            }

            return read == 0 ? parse(buffer.AsSpan(0, length), state) : default;
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
