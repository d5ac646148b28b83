using System.Buffers;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The node's files as the tracker sees them.</summary>
/// <param name="root">Where the node's file system is mounted; empty where it is this process's own.</param>
internal sealed class HostFiles(string root = "")
{
    private const int InitialBufferBytes = 16 * 1024;

    /// <summary>Reads a whole file of at most <paramref name="maxBytes"/> and hands it to <paramref name="parse"/>.</summary>
    /// <returns>What <paramref name="parse"/> made of it; the default where the file can't be read or is larger.</returns>
    public TResult? Parse<TResult>(string path, int maxBytes, Func<ReadOnlySpan<byte>, TResult> parse)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialBufferBytes);
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(root + path);
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The working directory of a process; <see langword="null"/> where it has gone.</summary>
    public static string? WorkingDirectory(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
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
