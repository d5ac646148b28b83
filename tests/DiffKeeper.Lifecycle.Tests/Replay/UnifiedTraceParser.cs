using System.Globalization;
using System.Text.RegularExpressions;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>Reads recordings of nodes with cgroup v2 alone: <c>ms pid= ppid= ns=level:pid comm= pcomm= cg= pcg= path event …</c>.</summary>
internal sealed partial class UnifiedTraceParser : ITraceParser
{
    private const string SectionMark = "# ";
    private const string ArgvMark = " | ";

    public TraceLine? Parse(string line)
    {
        if (line.StartsWith(SectionMark, StringComparison.Ordinal))
            return new TraceLine(TraceLineKind.Section) { Section = line[SectionMark.Length..] };
        if (LinePattern().Match(line) is not { Success: true } match)
            return null;

        string rest = match.Groups["rest"].Value;
        TraceLine seen = See(match);
        return match.Groups["event"].Value switch
        {
            "exec" => seen with { Kind = TraceLineKind.Exec, Argv = rest.Split(ArgvMark, 2)[^1].Split(' ') },
            "exit" => End(seen, rest),
            "rmdir" => Remove(rest),
            _ => seen,
        };
    }

    private static TraceLine See(Match match)
    {
        Match user = UserSlicePattern().Match(match.Groups["path"].Value);
        return new TraceLine(TraceLineKind.Sight)
        {
            Pid = (int)ToNumber(match, "pid"),
            ParentPid = (int)ToNumber(match, "ppid"),
            Name = match.Groups["comm"].Value,
            ParentName = match.Groups["pcomm"].Value,
            NamespaceLevel = (int)ToNumber(match, "level"),
            NamespacePid = (int)ToNumber(match, "nspid"),
            Uid = user.Success ? (uint)ToNumber(user) : 0,
            Cgroups = new TracedCgroups(ToNumber(match, "cg"), Memory: null),
            ParentCgroups = new TracedCgroups(ToNumber(match, "pcg"), Memory: null),
            CgroupPath = match.Groups["path"].Value,
        };
    }

    private static TraceLine End(TraceLine seen, string rest)
    {
        Match match = ExitPattern().Match(rest);
        return seen with
        {
            Kind = TraceLineKind.Exit,
            ExitStatus = (int)ToNumber(match),
            IsGroupExit = true,
            OomKilled = match.Groups["oom"].Value != "0",
        };
    }

    private static TraceLine Remove(string rest)
        => new(TraceLineKind.CgroupRemoved) { RemovedCgroup = new CgroupKey(ToNumber(RemovedPattern().Match(rest)), TracedCgroups.UnifiedHierarchy) };

    private static ulong ToNumber(Match match, string group = "value") => ulong.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\S+ pid=(?<pid>\d+) ppid=(?<ppid>\d+) ns=(?<level>\d+):(?<nspid>\d+) comm=(?<comm>.*?) pcomm=(?<pcomm>.*?) "
        + @"cg=(?<cg>\d+) pcg=(?<pcg>\d+) (?<path>\S+) (?<event>\w+) ?(?<rest>.*)$")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"code=(?<value>\d+) oom=(?<oom>\d)")]
    private static partial Regex ExitPattern();

    [GeneratedRegex(@"id=(?<value>\d+)")]
    private static partial Regex RemovedPattern();

    // The recorder left the user out, but systemd puts every user's processes below a slice of the user's own.
    [GeneratedRegex(@"/user-(?<value>\d+)\.slice/")]
    private static partial Regex UserSlicePattern();
}
