using System.CommandLine;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Options;

/// <summary>The library's own options, as options of the command line. Their defaults are the library's.</summary>
internal sealed class TracerOptionSet
{
    private readonly Option<bool> _execs = new("--include-execs") { Description = "Also tell of processes that enter a running container (docker exec, probes)." };
    private readonly Option<bool> _rootless = new("--include-rootless") { Description = "Also believe OCI runtimes that others than root execute." };
    private readonly Option<bool> _noSandboxes = new("--no-sandboxes") { Description = "Leave out pods' sandboxes." };
    private readonly Option<bool> _noNested = new("--no-nested") { Description = "Leave out containers within containers." };
    private readonly Option<string[]> _runtimes = new("--oci-runtime") { Description = "An executable that is an OCI runtime, by its file name; may be repeated. [default: runc, crun]", HelpName = "name" };
    private readonly Option<int> _ringBytes = new("--ring-bytes")
    {
        Description = "The size of the ring between the kernel and this program: a power of two.",
        HelpName = "bytes",
        DefaultValueFactory = static _ => new LifecycleTracerOptions().RingBufferBytes,
    };

    private readonly Option<int?> _buffer = NotedOption.Create(
        "--lifecycle-buffer",
        "events",
        $"How many events may wait to be printed, and to be injected; what is beyond is looked up later. [{EnvironmentSettings.Buffer}; default: {new LifecycleTracerOptions().SubscriptionCapacity}]",
        Notations.Count);

    private readonly Option<string?> _hostRoot = new("--host-root") { Description = "Where the node's file system is mounted. [default: found by itself]", HelpName = "directory" };

    private readonly Option<string?> _record = new("--record")
    {
        Description = "Record the session in a new file, which --replay prints. It holds the command lines of OCI runtimes and containers' labels: only its owner may read it.",
        HelpName = "file",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_execs, _rootless, _noSandboxes, _noNested, _runtimes, _ringBytes, _buffer, _hostRoot, _record])
            command.Add(option);
    }

    /// <exception cref="ArgumentException">The library refuses a value.</exception>
    /// <exception cref="UsageException">A variable's value can't be read.</exception>
    public LifecycleTracerOptions Read(ParseResult result)
    {
        var options = new LifecycleTracerOptions
        {
            IncludeExecs = result.GetValue(_execs),
            IncludeRootless = result.GetValue(_rootless),
            IncludeSandboxes = !result.GetValue(_noSandboxes),
            IncludeNested = !result.GetValue(_noNested),
            HostRoot = result.GetValue(_hostRoot),
            RecordTo = result.GetValue(_record),
            RingBufferBytes = result.GetValue(_ringBytes),
        };
        if (result.GetValue(_runtimes) is { Length: > 0 } runtimes)
            options.OciRuntimes = runtimes;
        if ((result.GetValue(_buffer) ?? EnvironmentSettings.Read(EnvironmentSettings.Buffer, Notations.Count)) is { } buffer)
            options.SubscriptionCapacity = buffer;
        return options;
    }
}
