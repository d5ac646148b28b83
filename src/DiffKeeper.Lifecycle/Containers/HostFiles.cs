using System.Text.Unicode;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The node's files as the tracker sees them. Whatever can't be read is as if it weren't there.</summary>
/// <param name="root">Where the node's file system is mounted; empty where it is this process's own.</param>
internal sealed class HostFiles(string root = "")
{
    /// <summary>Where the node's file system is mounted; empty where it is this process's own.</summary>
    public string Root => root;

    /// <summary>Reads a whole file of at most <paramref name="maxBytes"/> and hands it to <paramref name="parse"/>.</summary>
    /// <returns>What <paramref name="parse"/> made of it; the default where the file can't be read or is larger.</returns>
    public TResult? Parse<TResult>(string path, int maxBytes, FileContent.Parser<TResult> parse)
    {
        Span<byte> fullPath = stackalloc byte[FileContent.MaxPathBytes];
        return Utf8.TryWrite(fullPath, $"{root}{path}\0", out _)
            ? FileContent.Parse(fullPath, maxBytes, parse, static (content, parse) => parse(content))
            : default;
    }

    /// <summary>As <see cref="Parse{TResult}"/>, and nothing is allocated for it: for what is read of every container.</summary>
    public TResult? Parse<TState, TResult>(string directory, string file, int maxBytes, TState state, FileContent.Parser<TState, TResult> parse)
    {
        Span<byte> path = stackalloc byte[FileContent.MaxPathBytes];
        return Utf8.TryWrite(path, $"{root}{directory}/{file}\0", out _) ? FileContent.Parse(path, maxBytes, state, parse) : default;
    }

    /// <summary>Opens a file to read here and there in it; <see langword="null"/> where it can't be.</summary>
    public SafeFileHandle? Open(string path) => LibC.OpenToRead(root + path);

    public bool Exists(string path)
    {
        Span<byte> fullPath = stackalloc byte[FileContent.MaxPathBytes];
        return Utf8.TryWrite(fullPath, $"{root}{path}\0", out _) && LibC.Exists(fullPath);
    }

    /// <summary>The names of the directories in a directory; none where there is no such directory.</summary>
    public IEnumerable<string> DirectoriesIn(string path)
    {
        string directory = root + path;
        if (!Directory.Exists(directory))
            return [];
        try
        {
            return [.. Directory.EnumerateDirectories(directory).Select(static path => Path.GetFileName(path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
