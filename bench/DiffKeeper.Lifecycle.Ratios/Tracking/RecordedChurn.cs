using System.IO.Compression;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;
using DiffKeeper.Lifecycle.Tests.Kernel;
using DiffKeeper.Lifecycle.Tests.Replay;

namespace DiffKeeper.Lifecycle.Ratios.Tracking;

/// <summary>
/// The records of everything that was recorded on four nodes (Docker, containerd, Kubernetes pods, CRI-O, Podman, bare runtimes), as they lie in the ring.
/// </summary>
internal sealed class RecordedChurn
{
    /// <summary>The recorded nodes' own, which every OCI runtime is given.</summary>
    public static readonly HostNamespaces Host = new(7, new RootDirectory(0xFE00000, 2));

    // Of CLOCK_BOOTTIME: longer than any recording, so that nothing of one pass is taken for the same in another.
    private const ulong PassNanoseconds = 1_000_000_000_000;

    private static readonly string[] Nodes = ["debian12", "trixie", "sid", "crio"];

    private readonly List<byte[]> _records = [];

    public RecordedChurn()
    {
        foreach (string node in Nodes)
        {
            var kernel = new KernelModel(
                new RecordHeader { MountNamespace = Host.MountNamespace, RootDevice = Host.Root.Device, RootInode = Host.Root.Inode },
                (header, argv) => _records.Add(RecordBuilder.Build(in header, argv)));
            ITraceParser parser = node == "debian12" ? new HybridTraceParser() : new UnifiedTraceParser();
            using var trace = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "traces", $"{node}.txt.gz")), CompressionMode.Decompress));
            while (trace.ReadLine() is { } text)
            {
                if (parser.Parse(text) is { Kind: not TraceLineKind.Section } line)
                    kernel.Handle(line);
            }
        }
    }

    public IReadOnlyList<byte[]> Records => _records;

    /// <summary>Lets everything happen again, later.</summary>
    public void MoveOn()
    {
        foreach (byte[] record in _records)
        {
            ref RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(record.AsSpan());
            header.Time += PassNanoseconds;
            header.StartTime += PassNanoseconds;
            header.InvocationTime += PassNanoseconds;
        }
    }
}
