using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>What is the same for the whole of a recorded session.</summary>
/// <param name="Began">The wall-clock time.</param>
/// <param name="LibraryVersion">Which wrote it, for whoever looks into a fault.</param>
/// <param name="IncludesRootless">Whether users' runtimes were believed; it decides what was looked at, so that a replay can't choose.</param>
/// <param name="Host">What tells the node's own processes from those in containers.</param>
internal sealed record SessionDescription(DateTimeOffset Began, string LibraryVersion, bool IncludesRootless, HostNamespaces Host)
{
    public static SessionDescription Read(BinaryReader reader) => new(
        new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        reader.ReadString(),
        reader.ReadBoolean(),
        new HostNamespaces(reader.ReadUInt32(), new RootDirectory(reader.ReadUInt32(), reader.ReadUInt64())));

    public void Write(BinaryWriter writer)
    {
        writer.Write(Began.UtcTicks);
        writer.Write(LibraryVersion);
        writer.Write(IncludesRootless);
        writer.Write(Host.MountNamespace);
        writer.Write(Host.Root.Device);
        writer.Write(Host.Root.Inode);
    }
}
