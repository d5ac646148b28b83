using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>Decides whether a program may be executed with this process's rights: whether nobody but root and this process's user could change what runs.</summary>
/// <remarks>
/// Every directory from the root on is looked at, and where a link leads, every one on the way there. Nobody else can then put another file in the place
/// of what was checked, so that it may be executed by its path afterwards; root and the user themselves still can. A world-writable directory is
/// refused even with the sticky bit: whose file goes from there loses its name to whoever comes first.
/// </remarks>
internal static class InjectorFile
{
    /// <summary>As many as the kernel follows (MAXSYMLINKS, linux/namei.h).</summary>
    private const int MaxLinks = 40;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>What is wrong with the file; <see langword="null"/> where nothing is.</summary>
    public static InjectorFault? FindFault(string path)
    {
        if (!path.StartsWith('/'))
            return new InjectorFault($"The injector '{path}' is not named by its whole path", $"write for instance /opt/diffkeeper/{Path.GetFileName(path)}");
        if (path.Contains('\0'))
            return new InjectorFault("The injector's path contains a NUL, which no path can", "correct it");

        var names = new Stack<string>(SplitBackwards(path));
        string current = "/";
        for (int links = 0; ;)
        {
            if (LibC.Ownership(current) is not { } found)
                return new InjectorFault($"The injector {path} can't be executed, because {current} can't be found ({LibC.LastError().Message})", "put it there, or correct the path");

            if (found.IsLink)
            {
                if (++links > MaxLinks || new FileInfo(current).LinkTarget is not { } target)
                    return new InjectorFault($"The injector {path} leads through links that lead nowhere", "name the file itself");
                foreach (string name in SplitBackwards(target))
                    names.Push(name);
                current = target.StartsWith('/') ? "/" : ParentOf(current);
                continue;
            }

            bool isLast = names.Count == 0;
            if ((isLast ? FindFaultOfFile(path, current, found) : FindFaultOfDirectory(path, current, found)) is { } fault)
                return fault;
            if (isLast)
                return null;
            current = names.Pop() switch
            {
                ".." => ParentOf(current),
                var name => Path.Combine(current, name),
            };
        }
    }

    private static InjectorFault? FindFaultOfFile(string path, string file, FileOwnership found)
    {
        string injector = Describe(path, file);
        if (!found.IsRegular)
            return new InjectorFault($"The injector {injector} is {(found.IsDirectory ? "a directory" : "no regular file")}", "name the program's file");
        if (!IsOurs(found.Owner))
            return new InjectorFault($"The injector {injector} belongs to user {found.Owner}, who could change what is executed", $"chown root {file}");
        if (WritersBesidesOwner(found) is { } writers)
            return new InjectorFault($"The injector {injector} is writable by {writers} (mode {Octal(found)}), who could change what is executed", $"chmod 0750 {file}");
        if (!LibC.MayExecute(file))
            return new InjectorFault($"The injector {injector} is not executable (mode {Octal(found)}, or its file system is mounted noexec)", $"chmod 0750 {file}");
        return null;
    }

    private static InjectorFault? FindFaultOfDirectory(string path, string directory, FileOwnership found)
    {
        if (!found.IsDirectory)
            return new InjectorFault($"The injector {path} can't be there, because {directory} is not a directory", "correct the path");
        if (!IsOurs(found.Owner))
            return new InjectorFault($"The injector {path} could be replaced by user {found.Owner}, to whom the directory {directory} belongs", $"chown root {directory}, or move the injector");
        if (WritersBesidesOwner(found) is { } writers)
            return new InjectorFault($"The injector {path} could be replaced by {writers}, who may write to the directory {directory} (mode {Octal(found)})", $"chmod 0755 {directory}, or move the injector");
        return null;
    }

    private static string ParentOf(string path) => Path.GetDirectoryName(path) ?? "/";

    private static string Describe(string path, string file) => path == file ? path : $"{path} (that is {file})";

    private static bool IsOurs(uint owner) => owner == 0 || owner == LibC.EffectiveUser();

    private static string? WritersBesidesOwner(FileOwnership found) => (found.Permissions & WritableByOthers) switch
    {
        UnixFileMode.None => null,
        UnixFileMode.GroupWrite => "its group",
        _ => "everybody",
    };

    private static string Octal(FileOwnership found) => "0" + Convert.ToString((int)found.Permissions, toBase: 8);

    /// <summary>The names in a path, the last first, as they are pushed.</summary>
    private static IEnumerable<string> SplitBackwards(string path)
        => path.Split('/').Where(static name => name is not ("" or ".")).Reverse();
}
