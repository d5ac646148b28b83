using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>
/// Reads recordings of a node with cgroup v1 and v2 side by side: <c>+ms EVENT …</c>. They name cgroups by path, so the parser keeps their IDs.
/// </summary>
internal sealed partial class HybridTraceParser : ITraceParser
{
    private const string Unified = "v2";
    private const string Memory = "memory";

    /// <summary>include/linux/sched/signal.h.</summary>
    private const int SignalGroupExit = 4;

    private readonly Dictionary<(string Hierarchy, string Path), ulong> _cgroups = [];

    // For the cgroups that were there before the recording.
    private ulong _unusedId = ulong.MaxValue;

    public TraceLine? Parse(string line)
    {
        if (SectionPattern().Match(line) is { Success: true } section)
            return new TraceLine(TraceLineKind.Section) { Section = section.Groups["section"].Value };

        Match match = LinePattern().Match(line);
        string rest = match.Groups["rest"].Value;
        return match.Groups["event"].Value switch
        {
            "EXEC" => See(rest) with { Kind = TraceLineKind.Exec, Argv = JsonSerializer.Deserialize<string[]>(Find(ArgvPattern(), rest).Value)! },
            "FORK" => See(rest),
            "EXIT(leader,not-last)" => See(rest) with { Kind = TraceLineKind.LeaderExit, ExitStatus = FromHex(Find(LeaderStatusPattern(), rest)) },
            "EXIT" => End(rest),
            "ATTACH" or "CGMKDIR" or "CGRMDIR" => ParseCgroup(match.Groups["event"].Value, CgroupPattern().Match(rest).Groups),
            _ => null,
        };
    }

    private TraceLine See(string rest)
    {
        GroupCollection process = ProcessPattern().Match(rest).Groups;
        GroupCollection cgroups = CgroupsPattern().Match(rest).Groups;
        return new TraceLine(TraceLineKind.Sight)
        {
            Pid = ToNumber(process["pid"]),
            ParentPid = ToNumber(process["ppid"]),
            Name = process["comm"].Value,
            ParentName = process["pcomm"].Value,
            NamespaceLevel = ToNumber(process["level"]),
            NamespacePid = ToNumber(process["nspid"]),
            Cgroups = cgroups["v2"].Success ? new TracedCgroups(IdOf(Unified, cgroups["v2"].Value), IdOf(Memory, cgroups["memory"].Value)) : default,
            CgroupPath = cgroups["v2"].Value is [_, _, ..] path ? path : cgroups["memory"].Value,
        };
    }

    private TraceLine End(string rest)
    {
        GroupCollection status = StatusPattern().Match(rest).Groups;
        bool isGroupExit = (FromHex(status["flags"]) & SignalGroupExit) != 0;
        return See(rest) with
        {
            Kind = TraceLineKind.Exit,
            ExitStatus = FromHex(status[isGroupExit ? "group" : "own"]),
            IsGroupExit = isGroupExit,
            OomKilled = status["oom"].Value != "0",
        };
    }

    private TraceLine? ParseCgroup(string name, GroupCollection cgroup)
    {
        string hierarchy = cgroup["hierarchy"].Value, path = cgroup["path"].Value;
        if (hierarchy is not (Unified or Memory))
            return null;
        if (name == "CGMKDIR")
        {
            _cgroups[(hierarchy, path)] = ulong.Parse(cgroup["id"].Value, CultureInfo.InvariantCulture);
            return null;
        }

        bool isUnified = hierarchy == Unified;
        ulong id = IdOf(hierarchy, path);
        if (name == "CGRMDIR")
        {
            int number = isUnified ? TracedCgroups.UnifiedHierarchy : TracedCgroups.MemoryHierarchy;
            return new TraceLine(TraceLineKind.CgroupRemoved) { RemovedCgroup = new CgroupKey(id, number) };
        }

        return new TraceLine(TraceLineKind.CgroupEntered)
        {
            Pid = ToNumber(cgroup["pid"]),
            Name = cgroup["comm"].Value,
            Cgroups = isUnified ? new TracedCgroups(id, Memory: null) : new TracedCgroups(Unified: null, id),
        };
    }

    private ulong IdOf(string hierarchy, string path)
    {
        if (!_cgroups.TryGetValue((hierarchy, path), out ulong id))
            _cgroups[(hierarchy, path)] = id = _unusedId--;
        return id;
    }

    private static Group Find(Regex pattern, string text) => pattern.Match(text).Groups["value"];

    private static int ToNumber(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static int FromHex(Group group) => int.Parse(group.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-+ MARK (?<section>.*)$")]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"^\s*\+\S+\s+(?<event>\S+)\s+(?<rest>.*)$")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^(child )?pid=(?<pid>\d+) ppid=(?<ppid>\d+)\((?<pcomm>.*?)\) comm=(?<comm>.*?) (tid=\d+ )?pidns=L(?<level>\d+):(?<nspid>\d+)")]
    private static partial Regex ProcessPattern();

    [GeneratedRegex(@" v2=(?<v2>\S+) mem=(?<memory>\S+)")]
    private static partial Regex CgroupsPattern();

    [GeneratedRegex(@" argv=(?<value>\[.*\]) v2=")]
    private static partial Regex ArgvPattern();

    [GeneratedRegex(@" exit_code=0x(?<value>[0-9a-f]+)")]
    private static partial Regex LeaderStatusPattern();

    [GeneratedRegex(@"task\.exit_code=0x(?<own>[0-9a-f]+) .*group_exit_code=0x(?<group>[0-9a-f]+) sigflags=0x(?<flags>[0-9a-f]+) oom_mm=(?<oom>\d)")]
    private static partial Regex StatusPattern();

    [GeneratedRegex(@"^(?<hierarchy>\w+) (?<path>\S+) (task pid=(?<pid>\d+) comm=(?<comm>.*?)|kn_id=(?<id>\d+)) (pidns|by)")]
    private static partial Regex CgroupPattern();
}
