namespace DiffKeeper.Cli.Options;

/// <summary>Paths that are handed on, absolute since whoever gets them may run elsewhere.</summary>
internal static class PreparedPath
{
    /// <summary>A directory, which is made if need be.</summary>
    /// <exception cref="UsageException">It can't be made.</exception>
    public static string Directory(string option, string directory)
    {
        try
        {
            return System.IO.Directory.CreateDirectory(directory).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"The directory '{directory}' that {option} needs cannot be made: {e.Message}");
        }
    }

    /// <summary>A file, whose directory is made if need be; the file itself is whoever's who gets the path.</summary>
    /// <exception cref="UsageException">It can't be one.</exception>
    public static string File(string option, string file)
    {
        if (file.EndsWith('/') || System.IO.Directory.Exists(file))
            throw new UsageException($"{option} names a file, and '{file}' is a directory.");

        string directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return Path.Combine(Directory(option, directory), Path.GetFileName(file));
    }
}
