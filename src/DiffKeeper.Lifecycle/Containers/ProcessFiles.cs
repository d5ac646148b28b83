using System.Globalization;
using System.Text;
using System.Text.Unicode;
using DiffKeeper.Lifecycle.Interop;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What /proc says of one process. Whatever can't be read is as if the process weren't there.</summary>
internal static class ProcessFiles
{
    private const int MaxFileBytes = 64 * 1024;
    private const int MaxPathBytes = 64;

    /// <summary>Every process there is.</summary>
    public static IEnumerable<int> All()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), CultureInfo.InvariantCulture, out int pid))
                yield return pid;
        }
    }

    /// <summary>Every process there is, by its name (comm).</summary>
    public static IEnumerable<KeyValuePair<int, string>> AllNamed()
    {
        foreach (int pid in All())
        {
            if (Name(pid) is { } name)
                yield return new KeyValuePair<int, string>(pid, name);
        }
    }

    public static string? Name(int pid) => Parse(pid, "comm", MaxFileBytes, static name => Encoding.UTF8.GetString(name).TrimEnd('\n'));

    public static TResult? ParseCommandLine<TResult>(int pid, FileContent.Parser<TResult> parse) => Parse(pid, "cmdline", MaxFileBytes, parse);

    /// <param name="pid">Whose file it is.</param>
    /// <param name="file">Below /proc/PID.</param>
    /// <param name="maxBytes">A larger file is none.</param>
    /// <param name="parse">Reads the content.</param>
    public static TResult? Parse<TResult>(int pid, string file, int maxBytes, FileContent.Parser<TResult> parse)
        => Parse(pid, file, maxBytes, parse, static (content, parse) => parse(content));

    /// <inheritdoc cref="Parse{TResult}"/>
    public static TResult? Parse<TState, TResult>(int pid, string file, int maxBytes, TState state, FileContent.Parser<TState, TResult> parse)
    {
        Span<byte> path = stackalloc byte[MaxPathBytes];
        return Utf8.TryWrite(path, $"/proc/{pid}/{file}\0", out _) ? FileContent.Parse(path, maxBytes, state, parse) : default;
    }

    public static byte[]? CommandLine(int pid) => ParseCommandLine(pid, static argv => argv.ToArray());

    public static string? WorkingDirectory(int pid) => LinkTarget($"/proc/{pid}/cwd");

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a link below /proc/PID/ns says: <c>pid:[4026531836]</c>.</summary>
    public static string? NamespaceLink(int pid, string kind) => LinkTarget($"/proc/{pid}/ns/{kind}");

    public static int? Parent(int pid) => Stat(pid)?.Parent;

    /// <summary>The processes that this one forked, or was given, and that still live, with those that these forked without having executed anything.</summary>
    public static IEnumerable<int> Forks(int pid)
    {
        byte[]? argv = CommandLine(pid);
        ILookup<int?, int> children = All().ToLookup(Parent);
        var forks = new Queue<int>(children[pid]);
        while (forks.TryDequeue(out int fork))
        {
            yield return fork;
            if (CommandLine(fork).AsSpan().SequenceEqual(argv))
            {
                foreach (int child in children[fork])
                    forks.Enqueue(child);
            }
        }
    }

    /// <summary>The process as it is now; <see langword="null"/> where it has gone or only waits to be reaped.</summary>
    public static ProcessIdentity? Identify(int pid)
        => Stat(pid) is { } stat ? new ProcessIdentity(pid, stat.StartTicks) : null;

    /// <summary>As <see cref="Identify"/>, with where the process comes from.</summary>
    public static ProcessLineage? Lineage(int pid)
        => Stat(pid) is { } stat ? new ProcessLineage(new ProcessIdentity(pid, stat.StartTicks), stat.Parent, stat.Session) : null;

    /// <returns><see langword="null"/> where the process has gone or only waits to be reaped.</returns>
    private static ProcessStat? Stat(int pid) => ReadStat(pid, "stat") is { } stat && (stat.IsAlive || OtherThreadsLive(pid, stat)) ? stat : null;

    private static ProcessStat? ReadStat(int pid, string file) => Parse(pid, file, MaxFileBytes, ProcessStat.Parse);

    /// <summary>A process goes on without its first thread, which is a zombie until the last one ends.</summary>
    private static bool OtherThreadsLive(int pid, ProcessStat first)
    {
        if (first.Threads <= 1)
            return false;
        try
        {
            return Directory.EnumerateDirectories($"/proc/{pid}/task").Any(thread => ReadStat(pid, $"task/{Path.GetFileName(thread)}/stat")?.IsAlive == true);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The cgroup of a process, as a path below the root of its hierarchy.</summary>
    public static string? CgroupPath(int pid) => FindCgroup(pid)?.Path;

    /// <summary>The cgroup of a process, as the kernel names it.</summary>
    public static CgroupKey Cgroup(int pid) => CgroupOf(pid)?.Key ?? default;

    /// <summary>The cgroup of a process; <see langword="null"/> where it has none but a root.</summary>
    public static ProcessCgroup? CgroupOf(int pid)
    {
        if (FindCgroup(pid) is not var (hierarchy, controller, path))
            return null;
        CgroupKey key = CgroupMounts.Find(controller) is { } mount && LibC.Inode(mount + path) is { } inode ? new CgroupKey(inode, hierarchy) : default;
        return new ProcessCgroup(key, path);
    }

    /// <summary>In the v2 hierarchy, or, for a process in that one's root, in that of a v1 controller which every runtime uses.</summary>
    private static (int Hierarchy, string Controller, string Path)? FindCgroup(int pid)
        => Parse<(int, string, string)?>(pid, "cgroup", MaxFileBytes, static text =>
        {
            foreach (string controller in (ReadOnlySpan<string>)["", "pids", "memory"])
            {
                foreach (Range range in text.Split((byte)'\n'))
                {
                    // "4:pids:/docker/ID" (cgroups(7)).
                    ReadOnlySpan<byte> line = text[range];
                    int first = line.IndexOf((byte)':');
                    int second = first + 1 + line[(first + 1)..].IndexOf((byte)':');
                    ReadOnlySpan<byte> path = line[(second + 1)..];
                    if (second > first && path.Length > 1 && Ascii.Equals(line[(first + 1)..second], controller))
                        return (int.Parse(line[..first], CultureInfo.InvariantCulture), controller, Encoding.UTF8.GetString(path));
                }
            }

            return null;
        });
}
