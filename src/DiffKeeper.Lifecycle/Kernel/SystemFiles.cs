namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What /proc and /sys say of this process and machine. What can't be read is as if it weren't there.</summary>
/// <param name="root">What the paths are below; empty for this process's own root.</param>
internal sealed class SystemFiles(string root = "")
{
    public bool FileExists(string path) => File.Exists(root + path);

    public bool DirectoryExists(string path) => Directory.Exists(root + path);

    public IReadOnlyList<string> ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(root + path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What follows <paramref name="name"/> on the line that begins with it, trimmed.</summary>
    public string? ReadField(string path, string name)
        => ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();

    public string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(root + path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
