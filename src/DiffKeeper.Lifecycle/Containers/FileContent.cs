using System.Buffers;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Reads whole files. Whatever can't be read is as if it weren't there.</summary>
/// <remarks>
/// By the C library's calls, not by <see cref="File"/>: a process that has gone, or a bundle that isn't there, is everyday here, and the exception for
/// it would cost 15 µs where the failed call costs one; and the objects for four files were a fifth of all that a container's life allocates.
/// </remarks>
internal static class FileContent
{
    /// <summary>The longest path there can be, with its NUL (PATH_MAX in linux/limits.h).</summary>
    public const int MaxPathBytes = 4096;

    private const int InitialBufferBytes = 16 * 1024;

    public delegate TResult Parser<TResult>(ReadOnlySpan<byte> content);

    public delegate TResult Parser<TState, TResult>(ReadOnlySpan<byte> content, TState state);

    /// <summary>Reads a file of at most <paramref name="maxBytes"/> and hands it to <paramref name="parse"/>.</summary>
    /// <param name="path">UTF-8, ended by a NUL.</param>
    /// <param name="maxBytes">A larger file is none.</param>
    /// <param name="state">Handed on.</param>
    /// <param name="parse">Reads the content, which is gone when it returns.</param>
    public static TResult? Parse<TState, TResult>(ReadOnlySpan<byte> path, int maxBytes, TState state, Parser<TState, TResult> parse)
    {
        int file = LibC.OpenToRead(path);
        if (file < 0)
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
            _ = LibC.Close(file);
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
