using System.IO.Compression;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tests.Containers;
using DiffKeeper.Lifecycle.Tests.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Replay;

/// <summary>What the tracker tells of a machine that was recorded.</summary>
internal sealed class ReplayedNode : IContainerSink
{
    private const ulong Now = 1_000_000_000_000_000;

    private static readonly HostNamespaces Host = new(7, new RootDirectory(0xFE00000, 2));

    private readonly ContainerTracker _tracker;
    private readonly Dictionary<Container, ReplayedLife> _livesByContainer = [];
    private string _section = "";

    private ReplayedNode(bool includeRootless)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var trust = new RuntimeTrust(Host, includeRootless, time, NullLogger.Instance);
        _tracker = new ContainerTracker(new ContainerFiles(new HostFiles("/nonexistent")), trust, new BootClock(time, static () => Now), this);
    }

    /// <summary>In the order of their creation.</summary>
    public List<ReplayedLife> Lives { get; } = [];

    /// <summary>What the recording's maker did.</summary>
    public List<string> Sections { get; } = [];

    public static ReplayedNode Replay(string machine, bool includeRootless = true)
    {
        ITraceParser parser = machine == "debian12" ? new HybridTraceParser() : new UnifiedTraceParser();
        var node = new ReplayedNode(includeRootless);
        var kernel = new KernelModel(
            new RecordHeader { MountNamespace = Host.MountNamespace, RootDevice = Host.Root.Device, RootInode = Host.Root.Inode },
            node.Handle);
        using var trace = new StreamReader(new GZipStream(new MemoryStream(Fixture.Bytes($"traces/{machine}.txt.gz")), CompressionMode.Decompress));
        while (trace.ReadLine() is { } text)
        {
            switch (parser.Parse(text))
            {
                case { Kind: TraceLineKind.Section } line:
                    node.Sections.Add(node._section = line.Section);
                    break;
                case { } line:
                    kernel.Handle(line);
                    break;
            }
        }

        return node;
    }

    public void Publish(Container container, LifecycleEvent lifecycleEvent)
    {
        if (!_livesByContainer.TryGetValue(container, out ReplayedLife? life))
            Lives.Add(_livesByContainer[container] = life = new ReplayedLife(_section));
        life.Events.Add(lifecycleEvent);
    }

    private void Handle(RecordHeader header, string[] argv)
    {
        Assert.That(LifecycleRecord.TryDecode(RecordBuilder.Build(in header, argv), out LifecycleRecord record), Is.True);
        _tracker.Handle(in record);
    }
}
